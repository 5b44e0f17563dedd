#!/usr/bin/env python3
"""Lets a ledger run into a full disk, makes room, and looks what is left of it.

usage: full_disk_test.py WORKER FOLDER

The disk is a small one in memory, of its own; where nothing may be mounted, files that the system lets grow no
further stand for it, and the start on a full disk is not tried. What was answered before the disk was full must be
there after it, and the ledger must go on.
"""
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import time

DISK_MIB = 24
FILLER_MIB = 10  # what is thrown away when room is made


def run(worker, *words, limit=None):
    def lower_limit():
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run([worker, *words], capture_output=True, text=True, timeout=600, preexec_fn=lower_limit)


def expect(condition, what, done=None):
    if not condition:
        sys.exit(what + (f": exit {done.returncode}\n{done.stdout}{done.stderr}" if done else ""))


def answers_in(journal):
    return sum(line.startswith("A ") for line in journal.read_text().splitlines())


def fill(path):
    """Writes until there is no room at all."""
    with open(path, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass


def start_again(worker, ledger, journal):
    """With room: everything that was answered is there, and more can be."""
    done = run(worker, "check", ledger, journal)
    expect(done.returncode == 0, "lost something, or did not start again", done)
    before = answers_in(journal)
    child = subprocess.Popen([worker, "load", ledger, journal], stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while answers_in(journal) == before and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    _, words = child.communicate()
    expect(answers_in(journal) > before, f"does not go on: {words}")
    return before


def main():
    worker, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    disk, journal = folder / "disk", folder / "journal"
    subprocess.run(["umount", disk], stderr=subprocess.DEVNULL)  # of a run that was stopped
    shutil.rmtree(folder, ignore_errors=True)
    disk.mkdir(parents=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", disk],
                             capture_output=True).returncode == 0
    try:
        ledger, filler = disk / "ledger", disk / "filler"
        if mounted:
            filler.write_bytes(bytes(FILLER_MIB << 20))
        done = run(worker, "init", ledger)
        expect(done.returncode == 0, "cannot begin", done)
        done = run(worker, "load", ledger, journal, limit=None if mounted else 1 << 20)
        full = "No space left on device" if mounted else "File too large"
        expect(done.returncode == 1 and full in done.stderr, "the full disk is not named", done)
        expect(answers_in(journal) > 0, "nothing was going on before")
        if mounted:
            fill(disk / "more")
            for words in (("check", ledger, journal), ("load", ledger, journal)):
                done = run(worker, *words)
                expect(done.returncode == 1 and "the disk is full" in done.stderr,
                       "a start on a full disk is not refused in words", done)
            filler.unlink()
        answers = start_again(worker, ledger, journal)
        print(f"{answers} answers before the disk was full, on {'a small disk' if mounted else 'limited files'}")
    finally:
        if mounted:
            subprocess.run(["umount", "-l", disk], check=True)
    shutil.rmtree(folder)


if __name__ == "__main__":
    os.umask(0o077)
    main()
