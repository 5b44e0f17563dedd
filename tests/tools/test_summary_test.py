"""tools/test_summary over small JUnit files of the kind that CTest writes."""
import pathlib
import subprocess
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parents[2] / "tools/test_summary"
PASSED = '<testcase name="a.passes" status="run"/>'
FAILED = '<testcase name="a.fails" status="fail"><failure message="x"/></testcase>'
SKIPPED = '<testcase name="a.skips" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/></testcase>'
NOT_BUILT = '<testcase name="a.lacks" status="notrun"><skipped message="Unable to find executable"/></testcase>'


def summary(cases, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "check.xml")
        path.write_text(f"<testsuite>{cases}</testsuite>")
        run = subprocess.run([TOOL, *arguments, path], capture_output=True, text=True, check=False)
        return run.returncode, run.stdout.splitlines()


class TestSummary(unittest.TestCase):
    def test_counts_each_kind(self):
        code, lines = summary(PASSED * 2 + FAILED + SKIPPED)
        self.assertEqual((code, lines[-1]), (1, "2 passed, 1 failed, 1 skipped"))
        self.assertEqual(summary(PASSED + SKIPPED)[0], 0)

    def test_takes_a_test_that_could_not_run_as_failed(self):
        self.assertEqual(summary(PASSED + NOT_BUILT)[1][-1], "1 passed, 1 failed, 0 skipped")

    def test_takes_a_skipped_test_as_failed_where_asked(self):
        code, lines = summary(PASSED + SKIPPED, "--skipped-is-failed")
        self.assertEqual((code, lines[-1]), (1, "1 passed, 1 failed, 0 skipped"))
        self.assertIn("  check: a.skips (skipped, which CI doesn't allow)", lines)

    def test_counts_a_failed_step_once_and_its_tests_not_twice(self):
        self.assertEqual(summary(PASSED, "--failed-step", "lint")[1][-1], "1 passed, 1 failed, 0 skipped")
        self.assertEqual(summary(FAILED, "--failed-step", "tests")[1][-1], "0 passed, 1 failed, 0 skipped")

    def test_names_a_parameter_by_its_name_alone(self):
        lines = summary(PASSED + SKIPPED.replace("a.skips", "a.skips/Three  # GetParam() = 8-byte object &lt;60-34&gt;"))[1]
        self.assertIn("  check: a.skips/Three", lines)

    def test_fails_where_nothing_passed(self):
        self.assertEqual(summary(SKIPPED), (1, ["skipped:", "  check: a.skips", "0 passed, 0 failed, 1 skipped"]))


if __name__ == "__main__":
    unittest.main()
