"""tools/check_words, provoked."""
import os
import pathlib
import subprocess
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parents[2] / "tools/check_words"
SPECS = "| key | title |\n|---|---|\n| RFC 9162 | Certificate Transparency |\n| C2SP tlog-tiles | Tiles |\n"


def check(files, **environment):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"docs/specs.md": SPECS, **files}.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("@FOLDER@", str(pathlib.Path(folder).resolve().parent)))
        run = subprocess.run([TOOL, folder], capture_output=True, text=True, check=False,
                             env={**os.environ, **environment})
        return run.returncode, run.stdout + run.stderr


class CheckWords(unittest.TestCase):
    def refuses(self, text, message, **environment):
        code, output = check({"src/base/x.hpp": text}, **environment)
        self.assertEqual(code, 1, output)
        self.assertIn(message, output)

    def accepts(self, text):
        self.assertEqual(check({"src/base/x.hpp": text}), (0, ""))

    def test_accepts_known_keys_design_and_docs(self):
        self.accepts("/// Spec: RFC 9162 §2.1.\n/// Spec: DESIGN §4.\n/// Spec: docs/formats/entry.md.\n")
        self.accepts("/// Spec:\n/// C2SP tlog-tiles.\n")

    def test_refuses_unknown_specs(self):
        self.refuses("/// Spec: some page.\n", "x.hpp:1: Spec: cites neither")
        self.refuses("/// Spec: DESIGN §4, RFC 9999 §1.\n", "RFC 9999 is not in docs/specs.md")

    def test_refuses_folders_of_this_machine(self):
        for folder in ("/" + "work/main", "/" + "root/x"):
            self.refuses(f"// see {folder}\n", "which only this machine knows")

    def test_refuses_hosts_of_configured_registries(self):
        self.refuses("// from https://mirror.example.test/x\n", "mirror.example.test",
                     GOPROXY="https://user:secret@mirror.example.test/go,direct")


if __name__ == "__main__":
    unittest.main()
