#include "net/url.hpp"

#include <gtest/gtest.h>

namespace tasdiq::net {
namespace {

TEST(Url, ReadsHostPortAndPath) {
    EXPECT_EQ(parse_url("http://Node.Example"), (Url{Scheme::kHttp, "node.example", 80, ""}));
    EXPECT_EQ(parse_url("https://node.example/"), (Url{Scheme::kHttps, "node.example", 443, ""}));
    EXPECT_EQ(parse_url("HTTP://127.0.0.1:8480/ledger/v1/"),
              (Url{Scheme::kHttp, "127.0.0.1", 8480, "/ledger/v1"}));
    EXPECT_EQ(parse_url("https://[::1]:99/a"), (Url{Scheme::kHttps, "::1", 99, "/a"}));
}

TEST(Url, WritesWhatItReads) {
    for (const char* text : {"http://node.example", "https://node.example:8443/a/b",
                             "http://[2001:db8::1]", "http://[::1]:8480/x", "http://10.0.0.1:1"}) {
        EXPECT_EQ(to_text(*parse_url(text)), text);
    }
    EXPECT_EQ(authority(*parse_url("https://node.example:443")), "node.example");
    EXPECT_EQ(authority(*parse_url("http://node.example:443")), "node.example:443");
}

struct Refused {
    const char* why;
    std::string url;
    UrlError error;
};

const Refused kRefused[] = {
    {"TooLong", "x " + std::string(2047, 'x'), UrlError::kTooLong},
    {"Space", "ftp://a b", UrlError::kCharacter},
    {"LineBreak", "http://a/\r\nHost: b", UrlError::kCharacter},
    {"NotAscii",
     "http://n\xC3\xB6"
     "de.example",
     UrlError::kCharacter},
    {"NoScheme", "node.example", UrlError::kScheme},
    {"OtherScheme", "ftp://u@:0/?", UrlError::kScheme},
    {"File", "file:///etc/passwd", UrlError::kScheme},
    {"Userinfo", "http://node.example@evil!:0/?", UrlError::kUserinfo},
    {"NoHost", "http:///a", UrlError::kHost},
    {"BadHost", "http://ev!l:0/?", UrlError::kHost},
    {"EmptyLabel", "http://a..b", UrlError::kHost},
    {"DotAtEnd", "http://a.b.", UrlError::kHost},
    {"OpenBracket", "http://[::1", UrlError::kHost},
    {"NameInBrackets", "http://[node.example]", UrlError::kHost},
    {"Ipv6WithoutBrackets", "http://::1/", UrlError::kHost},
    {"PortZero", "http://a:0/?", UrlError::kPort},
    {"PortTooLarge", "http://a:65536", UrlError::kPort},
    {"PortEmpty", "http://a:", UrlError::kPort},
    {"PortSigned", "http://a:+80", UrlError::kPort},
    {"BehindBracket", "http://[::1]x", UrlError::kPort},
    {"Query", "http://a/?b", UrlError::kPath},
    {"QueryWithoutPath", "http://a?b", UrlError::kPath},
    {"Fragment", "http://a/#b", UrlError::kPath},
    {"Dots", "http://a/../b", UrlError::kPath},
};

class UrlRefuses : public testing::TestWithParam<Refused> {};

TEST_P(UrlRefuses, ForTheFirstReason) {
    const auto result = parse_url(GetParam().url);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error(), GetParam().error) << to_string(result.error());
}

INSTANTIATE_TEST_SUITE_P(All, UrlRefuses, testing::ValuesIn(kRefused),
                         [](const auto& row) { return std::string{row.param.why}; });

}  // namespace
}  // namespace tasdiq::net
