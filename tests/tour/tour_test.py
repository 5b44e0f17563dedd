"""Types every command of the tours in README.md and docs, and compares what comes with what the pages show.

usage: tour_test.py PROGRAMS      PROGRAMS: folder with the program tasdiq (build/release)

What differs from run to run is masked on both sides: dates of today, digests, timings, the number of the
certificate that the tour looks at. A line that is only an ellipsis stands for any lines.
"""
import os
import pathlib
import pty
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = pathlib.Path(sys.argv.pop(1)).resolve()
SHOWN_PORT = "8480"
MASKS = [
    (r"\d{1,2} \w+ 20\d\d \d\d:\d\d UTC", "DATE"),
    ("20\\d\\d/\\d\\d/\\d\\d\u2069 \u2068\\d\\d:\\d\\d UTC", "DATE"),
    (r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", "TIME"),
    (r"\b[0-9a-f]{32,64}\b", "DIGEST"),
]
FIGURES = (r" +[\d.]+ s +\d+ / s", " FIGURES")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


def masked(lines, masks):
    text = "\n".join(lines)
    for pattern, name in masks:
        text = re.sub(pattern, name, text)
    return text.strip("\n").split("\n")


def is_as_shown(shown, got):
    """Whether `got` are the lines `shown`, in which an ellipsis stands for any lines."""
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(line + "\n" for line in got)) is not None


def commands(page, heading):
    """The commands below a heading, to the next of its rank, each with the lines shown under it."""
    text = (ROOT / page).read_text(encoding="utf-8")
    section = text[text.index(f"\n{heading}\n"):]
    section = re.split(r"\n## ", section[2:])[1 if section[2:].startswith("## ") else 0]
    for block in re.findall(r"```console\n(.*?)```", section, re.S):
        command, shown = None, []
        for line in block.split("\n"):
            if line.startswith("$ "):
                if command is not None:
                    yield command, shown
                command, shown = line[2:], []
            elif command is not None and command.endswith("\\"):
                command += "\n" + line
            else:
                shown.append(line)
        yield command, shown


class Tour(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="tasdiq-tour-")
        cls.port = free_port()
        cls.environment = {**os.environ, "LC_ALL": "C.UTF-8", "PATH": f"{PROGRAMS}:{os.environ['PATH']}"}
        cls.node = subprocess.Popen(
            ["tasdiq", "sandbox", "--port", cls.port], cwd=cls.folder, env=cls.environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")
        cls.said = []
        for line in cls.node.stdout:
            cls.said.append(line.rstrip("\n").replace(cls.port, SHOWN_PORT))
            if line.startswith("This is a TEST ledger: its one node"):
                break
        text = cls.run_line("tasdiq verify --trust-root sandbox/trust-root.json "
                            "sandbox/certificates/UTM-2026-00001")
        cls.number = re.search(r"Number on the ledger: (\d+)\.", text)[1]

    @classmethod
    def tearDownClass(cls):
        cls.node.terminate()
        cls.node.stdout.close()
        cls.node.wait(timeout=60)
        shutil.rmtree(cls.folder)

    @classmethod
    def run_line(cls, line):
        run = subprocess.run(["bash", "-c", line.replace(SHOWN_PORT, cls.port)], cwd=cls.folder, check=False,
                             env=cls.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             stdin=subprocess.DEVNULL, text=True, encoding="utf-8", timeout=120)
        return run.stdout.replace(cls.port, SHOWN_PORT)

    @classmethod
    def run_at_terminal(cls, line, answer):
        """The same, where `answer` is typed at a terminal."""
        typed, terminal = pty.openpty()
        os.write(typed, answer.encode())
        run = subprocess.run(["bash", "-c", line.replace(SHOWN_PORT, cls.port)], cwd=cls.folder, check=False,
                             env=cls.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             stdin=terminal, text=True, encoding="utf-8", timeout=120)
        os.close(terminal)
        os.close(typed)
        return run.stdout

    def number_of(self, serial):
        text = self.run_line(f"tasdiq verify --trust-root sandbox/trust-root.json sandbox/certificates/{serial}")
        return re.search(r"Number on the ledger: (\d+)\.", text)[1]

    def compare(self, line, shown, output, masks):
        shown, got = masked(shown, masks), masked(output.split("\n"), masks)
        if not is_as_shown(shown, got):
            self.assertEqual("\n".join(shown), "\n".join(got), f"$ {line}")

    def follow(self, tour, masks):
        """Runs commands in order; a file that `cat` shows for the first time is written first."""
        for line, shown in tour:
            shown_file = re.fullmatch(r"cat (\S+)", line)
            if shown_file and not pathlib.Path(self.folder, shown_file[1]).exists():
                pathlib.Path(self.folder, shown_file[1]).write_text(
                    "\n".join(shown).strip("\n") + "\n", encoding="utf-8")
            with self.subTest(line):
                self.compare(line, shown, self.run_line(line), masks)

    def test_1_readme(self):
        tour = list(commands("README.md", "## Five minutes"))
        shown_number = re.search(r"Number on the ledger: (\d+)\.", (ROOT / "README.md").read_text("utf-8"))[1]
        self.assertGreater(len(tour), 10)
        for line, shown in tour:
            own = re.sub(rf"\b{shown_number}\b", self.number, line)
            if line.endswith("tasdiq sandbox"):
                self.compare(line, shown, "\n".join(self.said), [*MASKS, FIGURES])
                continue
            own_shown = [re.sub(rf"\b{shown_number}\b", self.number, one) for one in shown]
            with self.subTest(line):
                self.compare(line, own_shown, self.run_line(own), MASKS)

    def test_2_a_cohort(self):
        tour = commands("docs/cli.md", "## A cohort, from enrolment to degree")
        self.follow(tour, [*MASKS, (r"entry \d+\.", "entry N."), (r"on \d+ \w+ 20\d\d, for", "on DATE, for"),
                           (r"seat \d", "seat N")])

    def test_2_a_joint_degree(self):
        self.follow(commands("docs/cli.md", "## A joint degree of two"), MASKS)

    def test_2_an_equivalency(self):
        tour = commands("docs/cli.md", "## An equivalency, from decision to verdict")
        self.follow(tour, [*MASKS, (r"entry \d+\.", "entry N."), (r"(ledger: |certificate |\"index\":)\d+", r"\1N")])

    def test_2_issuing_by_hand(self):
        self.follow(commands("docs/cli.md", "## Issuing by hand"), MASKS)

    def test_2_registering_a_university(self):
        tour = commands("docs/formats/requests.md", "## A new university, step by step")
        self.follow(tour, [*MASKS, (r"entry \d+\.", "entry N.")])

    def test_3_every_other_document(self):
        self.follow(commands("docs/cli.md", "## Every other document"),
                    [*MASKS, (r"UTM-2026-[0-9a-f]{4}-", "UTM-2026-BATCH-"), (r"(?m);\d+$", ";N")])

    def test_3_one_that_the_node_does_not_know_keeps_no_other_from_being_checked(self):
        folder = pathlib.Path(self.folder, "applicants")
        for serial in ["UTM-2026-00002", "USS-2026-00002"]:
            shutil.copytree(pathlib.Path(self.folder, "sandbox/certificates", serial), folder / serial)
        evidence = folder / "USS-2026-00002/evidence.json"
        text = evidence.read_text(encoding="utf-8")
        evidence.write_text(re.sub(r'("certificate":\{"entry":"[^"]*","index":)\d+', r"\g<1>1", text),
                            encoding="utf-8")
        said = self.run_line("tasdiq verify --trust-root sandbox/trust-root.json "
                             f"--node http://127.0.0.1:{SHOWN_PORT} applicants; echo exit code $?")
        self.assertIn("the node answered 404", said)
        self.assertIn("       1  This document could not be checked. That does not mean it is false.\n", said)
        self.assertIn("       1  Genuine on a TEST ledger\nexit code 2\n", said)

    def test_3_what_others_see_of_a_status(self):
        self.follow(commands("docs/cli.md", "## What others see of a status"), [(r"entry \d+\.", "entry N.")])

    def test_3_who_acts_for_a_closed_university(self):
        tour = commands("docs/cli.md", "## A closed university, and who acts for it")
        self.follow(tour, [*MASKS, (r"entry \d+\.", "entry N."), (r"ended on 20\d\d-\d\d-\d\d", "ended on DAY"),
                           (r"on \d+ \w+ 20\d\d\.", "on DAY."), (r"([Cc]ertificate) \d+", r"\1 N")])

    def test_4_a_draft_is_not_overwritten(self):
        line = ("tasdiq status lost 57 --member 10 --out lost.cbor --signers 10:0,10:1 "
                f"--node http://127.0.0.1:{SHOWN_PORT}; echo exit code $?")
        self.assertIn("exit code 0", self.run_line(line))
        self.assertEqual(self.run_line(line),
                         "tasdiq: lost.cbor: there is a file of that name already\nexit code 74\n")

    def test_4_what_is_signed_here_is_shown_and_asked_about(self):
        number = self.number_of("UTM-2026-00003")
        line = (f"tasdiq status lost {number} --member 10 --sign sandbox/keys/utm-dean.key "
                f"--sign sandbox/keys/utm-registrar.key --node http://127.0.0.1:{SHOWN_PORT} --lang en")
        said = self.run_line(f"{line}; echo exit code $?")
        self.assertIn("tasdiq: there is no terminal to ask whether to sign this; --yes signs without asking\n", said)
        self.assertTrue(said.endswith("exit code 64\n"), said)
        said = self.run_at_terminal(f"{line}; echo exit code $?", "no\n")
        for shown in ["You are about to sign:", "University of Tunis El Manar (10)", "State: lost", number]:
            self.assertIn(shown, said)
        self.assertTrue(said.endswith("tasdiq: nothing was signed\nexit code 1\n"), said)
        self.assertRegex(self.run_at_terminal(line, "yes\n"), r"Recorded as entry \d+\.\n$")
        # What was recorded once is not lost again.
        self.assertNotIn("Recorded", self.run_line(f"{line} --yes"))

    def test_4_a_draft_is_signed_by_its_signers_only(self):
        line = (f"tasdiq status lost {self.number_of('UTM-2026-00004')} --member 10 --out two.cbor "
                f"--signers 10:0,10:1 --node http://127.0.0.1:{SHOWN_PORT}")
        self.assertIn("Written: two.cbor", self.run_line(line))
        for key, said in [("uss-dean", "tasdiq: this key is none of those that must sign\nexit code 1\n"),
                          ("utm-dean", "exit code 0\n")]:
            self.assertTrue(self.run_line(f"tasdiq sign two.cbor --key sandbox/keys/{key}.key --yes; "
                                          "echo exit code $?").endswith(said))
        said = self.run_line("tasdiq sign two.cbor --key sandbox/keys/utm-registrar.key --yes --lang en "
                             f"--node http://127.0.0.1:{SHOWN_PORT}")
        for shown in ["registrar – University of Tunis El Manar (10:", "\nNames are as the node gives them"]:
            self.assertIn(shown, said)
        self.assertEqual(self.run_line(line.replace("two.cbor", "none.cbor").replace("10:1", "10:9")),
                         "tasdiq: there is no key 9 of member 10\n")

    def test_5_a_profile_that_needs_levels_names_all_of_them(self):
        line = f"tasdiq member profile 10 --node http://127.0.0.1:{SHOWN_PORT}"
        said = self.run_line(line)
        levels = re.search(r"--levels (\S+)", said)[1]
        self.assertEqual(levels, "INF-L3=LEVEL,MAT-L3=LEVEL,MED-D=LEVEL")
        self.assertIn('"tasdiq-profile/1"', self.run_line(f"{line} --levels {levels.replace('LEVEL', '6')}"))
        self.assertEqual(self.run_line(f"{line} --accreditation 2"),
                         "tasdiq: accreditation 2: the node answered 404: the ledger has no such thing\n")


if __name__ == "__main__":
    unittest.main()
