#include <gtest/gtest.h>
#include <optional>
#include <set>

#include "cli/answers_test.hpp"
#include "cli/child_process.hpp"
#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/ledger_folder_test.hpp"
#include "codec/json.hpp"

namespace tasdiq::cli {
namespace {

// ------------------------------------------------------------------ arguments
constexpr Option kOptions[] = {{"node", "URL", ""}, {"json", "", ""}, {"count", "N", ""}};

struct ArgumentsCase {
    std::vector<std::string_view> words;
    std::string fault;  // empty: none
    std::vector<std::string> positionals = {};
    std::vector<std::string> nodes = {};
    bool json = false;
};

TEST(Arguments, AreReadInAnyOrder) {
    const ArgumentsCase cases[] = {
        {{}, ""},
        {{"a", "--json", "b"}, "", {"a", "b"}, {}, true},
        {{"--node", "u"}, "", {}, {"u"}},
        {{"--node=u", "--node", "v"}, "", {}, {"u", "v"}},
        {{"--node="}, "", {}, {""}},
        {{"--node", "--json"}, "", {}, {"--json"}},
        {{"--", "--json", "-x"}, "", {"--json", "-x"}},
        {{"-"}, "", {"-"}},
        {{"--jsn"}, "unknown option --jsn; did you mean --json?"},
        {{"--nope"}, "unknown option --nope; did you mean --node?"},
        {{"--frobnicate"}, "unknown option --frobnicate"},
        {{"-j"}, "unknown option -j"},
        {{"--json=1"}, "--json takes no value"},
        {{"--node"}, "--node needs a value: URL"},
    };
    for (const ArgumentsCase& one : cases) {
        const auto arguments = Arguments::parse(one.words, kOptions);
        if (!one.fault.empty()) {
            ASSERT_FALSE(arguments);
            EXPECT_EQ(arguments.error(), one.fault);
            continue;
        }
        ASSERT_TRUE(arguments) << arguments.error();
        EXPECT_EQ(arguments->positionals(), one.positionals);
        EXPECT_EQ(arguments->all("node"), one.nodes);
        EXPECT_EQ(arguments->has("json"), one.json);
    }
}

TEST(Arguments, TakeWholeNumbersWithinTheirLimits) {
    const auto number = [](std::string_view word) {
        const std::string_view words[] = {"--count", word};
        return Arguments::parse(words, kOptions)->number("count", 7, 1, 90);
    };
    EXPECT_EQ(number("90").value(), 90U);
    for (const char* word : {"0", "91", "", "-1", "1.0", "1x", "99999999999999999999"}) {
        EXPECT_EQ(number(word).error(), "--count takes a whole number from 1 to 90") << word;
    }
    EXPECT_EQ(Arguments::parse({}, kOptions)->number("count", 7, 1, 90).value(), 7U);
}

TEST(Counts, HaveOneSpelling) {
    EXPECT_EQ(parse_count("0", 9), 0U);
    EXPECT_EQ(parse_count("18446744073709551615", UINT64_MAX), UINT64_MAX);
    for (const char* text : {"", "00", "01", "+1", "-1", "1 ", "10", "18446744073709551616"}) {
        EXPECT_EQ(parse_count(text, 9), std::nullopt) << text;
    }
}

// ------------------------------------------------------------------ commands
std::size_t word_count(std::string_view name) {
    return static_cast<std::size_t>(std::ranges::count(name, ' ')) + 1;
}

TEST(Commands, HaveUniqueNamesAndHelpWithAnExample) {
    std::set<std::string_view> names;
    for (const Command& command : all_commands()) {
        EXPECT_TRUE(names.insert(command.name).second) << command.name;
        EXPECT_LE(word_count(command.name), 2U) << command.name;
        EXPECT_FALSE(command.summary.empty()) << command.name;
        const std::string example = "\n  tasdiq " + std::string{command.name};
        EXPECT_NE(command.help.find(example), std::string_view::npos) << command.name;
        std::set<std::string_view> options;
        for (const Option& option : command.options) {
            EXPECT_TRUE(options.insert(option.name).second) << command.name << " " << option.name;
            EXPECT_FALSE(option.help.empty()) << command.name << " " << option.name;
        }
    }
    EXPECT_GE(names.size(), 30U);
}

TEST(Commands, UseInTheirHelpOnlyOptionsThatExist) {
    std::set<std::string, std::less<>> known{"help"};
    for (const Command& command : all_commands()) {
        for (const Option& option : command.options) known.emplace(option.name);
    }
    for (const Command& command : all_commands()) {
        const std::string text = std::string{command.usage} + "\n" + std::string{command.help};
        for (std::size_t at = text.find("--"); at != std::string::npos; at = text.find("--", at)) {
            at += 2;
            const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at);
            EXPECT_TRUE(known.contains(std::string_view{text}.substr(at, end - at)))
                << command.name << ": --" << text.substr(at, end - at);
        }
    }
}

TEST(Commands, AllStandInTheDocumentation) {
    const auto page = read_file(TASDIQ_SOURCE_DIR "/docs/cli.md", 1U << 20);
    ASSERT_TRUE(page) << page.error();
    for (const Command& command : all_commands()) {
        const std::string row =
            "| `" + std::string{command.name} + "` | " + std::string{command.summary} + " |\n";
        EXPECT_NE(as_text(*page).find(row), std::string_view::npos) << row;
    }
}

struct Ran {
    int exit_code;
    std::string out, err;
};

Ran run_words(const std::vector<std::string_view>& words) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int code = run(words);
    std::fflush(stdout);
    std::fflush(stderr);
    Ran ran{code, {}, {}};
    ran.out = testing::internal::GetCapturedStdout();
    ran.err = testing::internal::GetCapturedStderr();
    return ran;
}

TEST(Commands, AllHaveHelp) {
    for (const Command& command : all_commands()) {
        std::vector<std::string_view> words;
        const std::size_t space = command.name.find(' ');
        words.push_back(command.name.substr(0, space));
        if (space != std::string_view::npos) words.push_back(command.name.substr(space + 1));
        words.push_back("--help");
        const Ran ran = run_words(words);
        EXPECT_EQ(ran.exit_code, kExitOk) << command.name;
        EXPECT_EQ(ran.out.find("usage: tasdiq " + std::string{command.name}), 0U) << command.name;
    }
}

TEST(Commands, AnswerWithTheExitCodesThatScriptsRelyOn) {
    struct Case {
        std::vector<std::string_view> words;
        int exit_code;
    };
    const Case cases[] = {
        {{"--help"}, kExitOk},
        {{"-h"}, kExitOk},
        {{"help"}, kExitOk},
        {{"help", "verify"}, kExitOk},
        {{"help", "issue"}, kExitOk},
        {{"help", "frobnicate"}, kExitUsage},
        {{"verify", "-h"}, kExitOk},
        {{"--version"}, kExitOk},
        {{}, kExitUsage},
        {{"issue", "--help"}, kExitOk},
        {{"issue"}, kExitUsage},
        {{"frobnicate"}, kExitUsage},
        {{"issue", "frobnicate"}, kExitUsage},
        {{"verify"}, kExitUsage},
        {{"verify", "x", "--frobnicate"}, kExitUsage},
        {{"verify", "x", "--trust-root", "no/such/file"}, kExitIo},
        {{"audit"}, kExitUsage},
        {{"audit", "--dir", "no/such/folder"}, kExitUnavailable},
        {{"audit", "--dir", "a", "--node", "b"}, kExitUsage},
        {{"audit", "--dir", "a", "--mirror", "b"}, kExitUsage},
        {{"show", "entry", "x", "--dir", "a"}, kExitUsage},
        {{"show", "entry", "1"}, kExitUsage},
        {{"show", "entry", "1", "--dir", "no/such/folder"}, kExitUnavailable},
        {{"show", "entry", "1", "--dir", "a", "--lang", "de"}, kExitUsage},
        {{"show", "transaction", "abc", "--dir", "a"}, kExitUsage},
        {{"show", "checkpoint", "--node", "gopher://x"}, kExitUsage},
        {{"status", "revoke", "--member", "9"}, kExitUsage},
        {{"status", "revoke", "5-4", "--member", "9"}, kExitUsage},
        {{"status", "revoke", "57", "--out", "x"}, kExitUsage},
        {{"status", "revoke", "57", "--member", "9", "--out", "x"}, kExitUsage},
        {{"status", "revoke", "57", "--member", "9", "--sign", "k", "--node", "http://h", "--lists",
          "d"},
         kExitUsage},
        {{"status", "revoke", "57", "--member", "9", "--sign", "k", "--lists", "d",
          "--assertion-key", "k"},
         kExitUsage},
        {{"status", "revoke", "57", "--member", "9", "--out", "x", "--node", "http://h", "--lists",
          "d", "--assertion-key", "k"},
         kExitUsage},
        {{"issue", "submit", "d", "--node", "http://h", "--lists", "d"}, kExitUsage},
        {{"status", "publish", "d", "--node", "http://h"}, kExitUsage},
        {{"status", "publish", "--assertion-key", "k", "--node", "http://h"}, kExitUsage},
        {{"status", "publish", "d", "--assertion-key", "k"}, kExitUsage},
        {{"status", "publish", "no/such/folder", "--assertion-key", "k", "--node", "http://h"},
         kExitIo},
        {{"member", "register", "no/such/file"}, kExitIo},
        {{"member", "retire-key", "--member", "9"}, kExitUsage},
        {{"sign", "no/such/file", "--key", "x"}, kExitIo},
        {{"issue", "sign", "no/such/batch", "--key", "no/such.key"}, kExitIo},
        {{"submit", "no/such/file", "--node", "http://127.0.0.1:1"}, kExitIo},
        {{"keys", "show", "no/such/file"}, kExitIo},
    };
    for (const Case& one : cases) {
        std::string typed;
        for (const std::string_view word : one.words) typed += " " + std::string{word};
        EXPECT_EQ(run_words(one.words).exit_code, one.exit_code) << typed;
    }
}

TEST(Sandbox, MakesNothingWhereItsPortIsInUse) {
    std::optional<test::Listening> listening{std::in_place};
    const std::uint16_t taken = listening->port();
    const std::string port = std::to_string(taken);
    const test::Folder folder;
    const std::string path = folder.file("sandbox");
    const Ran ran = run_words({"sandbox", "--dir", path, "--port", port});
    EXPECT_EQ(ran.exit_code, kExitIo);
    EXPECT_NE(ran.err.find("port " + port + " is in use; choose another with --port"),
              std::string::npos)
        << ran.err;
    EXPECT_FALSE(exists(path));
    listening.reset();
    EXPECT_TRUE(is_port_free(taken));
}

TEST(Commands, SayHowToGoOnAfterASlip) {
    const std::pair<std::vector<std::string_view>, std::string_view> cases[] = {
        {{"verfy", "x"},
         "tasdiq: there is no command verfy; did you mean verify?\n"
         "Try: tasdiq --help\n"},
        {{"key", "new"}, "tasdiq: there is no command key\nTry: tasdiq --help\n"},
        {{"issue", "prepair"},
         "tasdiq: there is no command issue prepair; did you mean issue "
         "prepare?\nTry: tasdiq issue --help\n"},
        {{"verify"}, "tasdiq: verify needs a file or a folder\nTry: tasdiq verify --help\n"},
        {{"verify", "x", "--trustroot", "y"},
         "tasdiq: unknown option --trustroot; did you mean --trust-root?\n"
         "Try: tasdiq verify --help\n"},
        {{"show", "checkpoint", "--node", "gopher"},
         "tasdiq: --node: gopher: address does not start with http:// or https://\n"
         "Try: tasdiq show checkpoint --help\n"},
    };
    for (const auto& [words, said] : cases) EXPECT_EQ(run_words(words).err, said);
    EXPECT_EQ(run_words({"help", "verify"}).out, run_words({"verify", "--help"}).out);
}

TEST(Commands, SayHowASoundLedgerAndABrokenOneExit) {
    const test::Folder folder;
    const test::SmallLedger ledger;
    test::write_log(folder, ledger, ledger.view.entries());
    const Ran sound = run_words({"audit", "--dir", folder.path(), "--json"});
    EXPECT_EQ(sound.exit_code, kExitOk) << sound.out << sound.err;
    EXPECT_TRUE(codec::parse_json(sound.out));
    EXPECT_EQ(run_words({"show", "checkpoint", "--dir", folder.path()}).exit_code, kExitOk);
    EXPECT_EQ(run_words({"show", "entry", "9999", "--dir", folder.path()}).exit_code, kExitRefused);

    Bytes tile = folder.read("tile/0/000");
    tile.front() ^= 1U;
    folder.write("tile/0/000", tile);
    const Ran broken = run_words({"audit", "--dir", folder.path()});
    EXPECT_EQ(broken.exit_code, kExitRefused);
    EXPECT_NE(broken.out.find("NOT SOUND"), std::string::npos);
    EXPECT_NE(broken.out.find("entry 0:"), std::string::npos);
}

}  // namespace
}  // namespace tasdiq::cli
