"""tools/check_links, provoked."""
import pathlib
import subprocess
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parents[2] / "tools/check_links"
PAGE = "# Title\n## Ways *there*, and `back`\n## Twice\n## Twice\n```\n## Not a heading\n```\n"


def check(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"docs/page.md": PAGE, "src/base/x.hpp": "", **files}.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        run = subprocess.run([TOOL, folder], capture_output=True, text=True, check=False)
        return run.returncode, run.stdout + run.stderr


class CheckLinks(unittest.TestCase):
    def refuses(self, files, message):
        code, output = check(files)
        self.assertEqual(code, 1, output)
        self.assertIn(message, output)

    def accepts(self, files):
        self.assertEqual(check(files), (0, ""))

    def test_accepts_files_folders_headings_and_web_addresses(self):
        self.accepts({"README.md": "[a](docs/page.md) [b](docs) [c](docs/page.md#twice-1) [d](#here)\n# Here\n"
                                   "[e](docs/page.md#ways-there-and-back) [f](https://nowhere.example/x#y)\n"
                                   "`src/base/x.hpp` `src/base` `build/release/x` `wire/x.hpp`\n"})

    def test_refuses_links_to_nothing(self):
        self.refuses({"README.md": "\n[a](docs/gone.md)\n"}, "README.md:2: link to docs/gone.md, which is not")
        self.refuses({"docs/a.md": "[a](docs/page.md)\n"}, "docs/a.md:1: link to docs/page.md, which is not")

    def test_refuses_headings_that_are_not_there(self):
        for heading in ("gone", "not-a-heading", "twice-2"):
            self.refuses({"README.md": f"[a](docs/page.md#{heading})\n"}, "docs/page.md has no such heading")

    def test_refuses_quoted_paths_that_are_not_there(self):
        self.refuses({"README.md": "see `src/gone/y.cpp`\n"}, "names src/gone/y.cpp, which is not there")

    def test_refuses_pages_that_sources_cite_and_nobody_wrote(self):
        self.refuses({"src/base/y.hpp": "/// Format: docs/formats/gone.md.\n"}, "y.hpp:1: cites docs/formats/gone.md")
        self.accepts({"src/base/y.hpp": "/// Format: docs/page.md.\n"})

    def test_leaves_code_blocks_alone(self):
        self.accepts({"README.md": "```\n[a](gone.md) `src/gone`\n```\n"})


if __name__ == "__main__":
    unittest.main()
