#!/usr/bin/env python3
"""Kills a ledger under load with SIGKILL at random moments, and looks what is left of it.

usage: kill_test.py WORKER FOLDER

TASDIQ_KILLS (default 50) kills, TASDIQ_SEED (default: random, printed) decides when. After each kill the next
life opens the ledger and compares it with everything that was told before: no answer lost or moved, every
published checkpoint a prefix, never two roots of one size.
"""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time


def run(worker, *words):
    done = subprocess.run([worker, *words], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def live_and_die(worker, folder, journal, rng):
    """One life; says whether it came as far as work."""
    size_before = journal.stat().st_size if journal.exists() else 0
    child = subprocess.Popen([worker, "load", folder, journal], stderr=subprocess.PIPE, text=True)
    if rng.random() < 0.2:
        time.sleep(rng.uniform(0, 0.1))  # while it starts
    else:
        deadline = time.monotonic() + 60
        while not (journal.exists() and journal.stat().st_size > size_before):
            if child.poll() is not None or time.monotonic() > deadline:
                break
            time.sleep(0.002)
        time.sleep(rng.uniform(0, 0.15))
    is_alive = child.poll() is None
    child.send_signal(signal.SIGKILL)
    _, words = child.communicate()
    if not is_alive:
        sys.exit(f"it ended by itself, exit {child.returncode}\n{words}")
    return journal.exists() and journal.stat().st_size > size_before


def end_cut_line(journal):
    """A kill cannot cut a line, but a full disk could; a cut line was told to nobody."""
    if journal.exists():
        text = journal.read_bytes()
        journal.write_bytes(text[: text.rfind(b"\n") + 1])


def expect_noticed(worker, ledger, journal, line, words):
    """The check itself, provoked: a journal that tells what never was."""
    false_journal = journal.with_name("false-journal")
    false_journal.write_bytes(journal.read_bytes() + line.encode() + b"\n")
    done = subprocess.run([worker, "check", ledger, false_journal], capture_output=True, text=True)
    if done.returncode != 1 or words not in done.stderr:
        sys.exit(f"not noticed: {line}\n{done.stderr}")


def main():
    worker, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    kills = int(os.environ.get("TASDIQ_KILLS", "50"))
    seed = int(os.environ.get("TASDIQ_SEED", random.randrange(1 << 32)))
    print(f"seed {seed}", flush=True)
    rng = random.Random(seed)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    ledger, journal = folder / "ledger", folder / "journal"
    run(worker, "init", ledger)
    worked = 0
    for _ in range(kills):
        worked += live_and_die(worker, ledger, journal, rng)
        end_cut_line(journal)
    said = run(worker, "check", ledger, journal)
    print(f"{kills} kills, {worked} of them under load; {said}", end="")
    answers = int(said.split()[0])
    if worked < kills // 2 or answers < kills // 2:
        sys.exit("too little was going on for this to prove anything")
    lines = [line.split() for line in journal.read_text().splitlines()]
    size = max(int(line[1]) for line in lines if line[0] == "P")
    answer = next(line for line in lines if line[0] == "A")
    expect_noticed(worker, ledger, journal, f"P {size + 1_000_000} {'0' * 64}", "behind checkpoint")
    expect_noticed(worker, ledger, journal, f"P {size - 1} {'0' * 64}", "forked from")
    expect_noticed(worker, ledger, journal, f"P {size} {'0' * 64}", "two roots")
    expect_noticed(worker, ledger, journal, f"A 999999 {'0' * 64} 5 1", "lost")
    expect_noticed(worker, ledger, journal, f"A 999999 {answer[2]} {size} 1", "moved")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
