#include "net/http.hpp"

#include <gtest/gtest.h>

#include "net/request_error.hpp"

namespace tasdiq::net {
namespace {

TEST(Problem, SaysListNumberAndText) {
    const HttpResponse response = make_problem(
        {.status = 409, .domain = "ledger", .code = 17, .title = "quota", .detail = "a \"b\"\n"});
    EXPECT_EQ(response.status, 409U);
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_EQ(response.body,
              "{\"type\":\"about:blank\",\"title\":\"quota\",\"status\":409,\"domain\":\"ledger\","
              "\"code\":17,\"detail\":\"a \\\"b\\\"\\n\"}\n");
}

TEST(Problem, HasTheStatusForATitleAndNoEmptyDetail) {
    EXPECT_EQ(make_problem({.status = 404, .domain = "node", .code = 1}).body,
              "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
              "\"domain\":\"node\",\"code\":1}\n");
}

TEST(HttpDate, IsOfRfc9110) {
    EXPECT_EQ(http_date(Instant{784'111'777}), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(http_date(Instant{0}), "Thu, 01 Jan 1970 00:00:00 GMT");
    EXPECT_EQ(http_date(Instant{951'782'400}), "Tue, 29 Feb 2000 00:00:00 GMT");
}

TEST(Etag, MatchesWeaklyInLists) {
    EXPECT_TRUE(is_etag_match("\"a\"", "\"a\""));
    EXPECT_TRUE(is_etag_match("W/\"a\"", "\"a\""));
    EXPECT_TRUE(is_etag_match("\"x\", \"a\"", "W/\"a\""));
    EXPECT_TRUE(is_etag_match(" * ", "\"a\""));
    EXPECT_FALSE(is_etag_match("\"b\",\"c\"", "\"a\""));
    EXPECT_FALSE(is_etag_match("", "\"a\""));
    EXPECT_FALSE(is_etag_match("*", ""));
}

TEST(Head, HasLengthPolicyAndConnection) {
    HttpResponse response = make_response("text/plain", "abc");
    response.headers.push_back({"X-A", "b"});
    const std::string head =
        make_head(response, {.connection = HeadOptions::Connection::kClose, .date = "D"});
    EXPECT_EQ(head,
              "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n"
              "Cache-Control: no-store\r\n"
              "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
              "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nX-A: b\r\n"
              "Connection: close\r\n\r\n");
}

TEST(Head, OfNoContentHasNoLength) {
    HttpResponse response;
    response.status = 204;
    EXPECT_FALSE(make_head(response, {}).contains("Content-Length"));
    response.status = 304;
    EXPECT_FALSE(make_head(response, {}).contains("Content-Length"));
}

TEST(Response, IsNotWritableWithALineBreakInAHeader) {
    HttpResponse response;
    EXPECT_TRUE(is_writable(response));
    const auto with = [&](Header header) {
        response.headers = {std::move(header)};
        return is_writable(response);
    };
    EXPECT_TRUE(with({"Location", "/a"}));
    EXPECT_FALSE(with({"Location", "/a\r\nSet-Cookie: x"}));
    EXPECT_FALSE(with({"Location", std::string{"a\0b", 3}}));
    EXPECT_FALSE(with({"Bad name", "a"}));
    EXPECT_FALSE(with({"", "a"}));
    response = make_response("text/plain\n", "");
    EXPECT_FALSE(is_writable(response));
    response = {};
    response.status = 199;
    EXPECT_FALSE(is_writable(response));
}

TEST(RequestError, OfTheServerSaysWhenToComeBack) {
    const HttpResponse busy = refuse(RequestError::kTooManyConnections);
    EXPECT_EQ(busy.status, 503U);
    EXPECT_EQ(busy.headers, (std::vector<Header>{{"Retry-After", "1"}}));
    EXPECT_TRUE(refuse(RequestError::kTarget, "why").body.contains("\"detail\":\"why\""));
}

}  // namespace
}  // namespace tasdiq::net
