#include "net/request_reader.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "base/ensure.hpp"
#include "net/text.hpp"

namespace tasdiq::net {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using ErrorCode = beast::error_code;

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

/// Two lines of one name: joined if the header is a list, refused if it can only be there once,
/// because two programs would choose differently.
bool add_value(std::string& to, std::string_view value, std::string_view joint) {
    if (!to.empty() && joint.empty()) return false;
    if (!to.empty()) to += joint;
    to += value;
    return true;
}

/// Whether the request line ends as every version of HTTP/1 and later would: another version, not
/// garbage.
bool is_other_version(std::string_view bytes) {
    const std::string_view line = bytes.substr(0, bytes.find("\r\n"));
    if (std::ranges::count(line, ' ') != 2) return false;
    const std::string_view version = line.substr(line.rfind(' ') + 1);
    return version.starts_with("HTTP/") && version.size() <= 8;
}

}  // namespace

class RequestReader::Parser final : public http::basic_parser<true> {
  public:
    std::string method;
    std::string target;
    std::string transfer_encoding;
    std::string expect;
    unsigned host_count = 0;
    int version = 11;
    HttpRequest request;

  private:
    void on_request_impl(http::verb, beast::string_view name, beast::string_view text, int number,
                         ErrorCode&) override {
        method = view(name);
        target = view(text);
        version = number;
    }

    void on_response_impl(int, beast::string_view, int, ErrorCode&) override {}

    void on_field_impl(http::field name, beast::string_view, beast::string_view text,
                       ErrorCode& error) override {
        // Trailers come by here too; they change nothing that the header has said.
        if (is_header_done()) return;
        const std::string_view value = view(text);
        bool fits = true;
        switch (name) {
            case http::field::host:
                request.host = value;
                ++host_count;
                break;
            case http::field::accept: fits = add_value(request.accept, value, ", "); break;
            case http::field::accept_language:
                fits = add_value(request.accept_language, value, ", ");
                break;
            case http::field::if_none_match:
                fits = add_value(request.if_none_match, value, ", ");
                break;
            case http::field::cookie: fits = add_value(request.cookie, value, "; "); break;
            case http::field::transfer_encoding:
                fits = add_value(transfer_encoding, value, ", ");
                break;
            case http::field::expect: fits = add_value(expect, value, ", "); break;
            case http::field::content_type:
                fits = add_value(request.content_type, value, {});
                break;
            case http::field::authorization:
                fits = add_value(request.authorization, value, {});
                break;
            case http::field::origin: fits = add_value(request.origin, value, {}); break;
            case http::field::sec_fetch_site:
                fits = add_value(request.sec_fetch_site, value, {});
                break;
            default: break;  // hundreds of names that nobody here reads
        }
        if (!fits) error = http::error::bad_field;
    }

    void on_header_impl(ErrorCode&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}

    std::size_t on_body_impl(beast::string_view body, ErrorCode&) override {
        request.body.append(body.data(), body.size());
        return body.size();
    }

    void on_chunk_header_impl(std::uint64_t, beast::string_view, ErrorCode&) override {}

    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view body, ErrorCode&) override {
        request.body.append(body.data(), body.size());
        return body.size();
    }

    void on_finish_impl(ErrorCode&) override {}
};

RequestReader::RequestReader(Limits limits) : parser_{std::make_unique<Parser>()}, limits_{limits} {
    parser_->header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    parser_->body_limit(limits.body_bytes);
}

RequestReader::~RequestReader() = default;

Result<std::size_t, RequestError> RequestReader::feed(std::string_view bytes) {
    const bool in_header = !parser_->is_header_done();
    parser_->eager(!in_header);
    ErrorCode error;
    const std::size_t taken = parser_->put({bytes.data(), bytes.size()}, error);
    size_bytes_ += taken;
    if (error == http::error::header_limit) return std::unexpected{RequestError::kHeaderSize};
    if (error == http::error::body_limit) return std::unexpected{RequestError::kBodySize};
    if (error == http::error::bad_version && is_other_version(bytes)) {
        return std::unexpected{RequestError::kVersion};
    }
    if (error && error != http::error::need_more) {
        return std::unexpected{in_header ? RequestError::kMalformed : RequestError::kBodyMalformed};
    }
    // The parser's own limit holds for what one call gets to see: lines that come one by one, each
    // with the first letter of the next, would add up to any size.
    const std::size_t left = bytes.size() - taken;
    const bool still_header = !parser_->is_header_done();
    if (in_header && size_bytes_ + (still_header ? left : 0) > limits_.header_bytes) {
        return std::unexpected{RequestError::kHeaderSize};
    }
    // What stays behind in a body is the line before a chunk, or trailers.
    if (state() == State::kBody && !in_header && left > limits_.header_bytes) {
        return std::unexpected{RequestError::kBodyMalformed};
    }
    return taken;
}

RequestReader::State RequestReader::state() const {
    if (parser_->is_done()) return State::kDone;
    return parser_->is_header_done() ? State::kBody : State::kHeader;
}

std::string_view RequestReader::method() const { return parser_->method; }
std::string_view RequestReader::target() const { return parser_->target; }
bool RequestReader::is_keep_alive() const {
    return parser_->is_header_done() && parser_->keep_alive();
}
bool RequestReader::is_http_1_0() const { return parser_->version == 10; }
bool RequestReader::is_chunked() const { return parser_->is_header_done() && parser_->chunked(); }
unsigned RequestReader::host_count() const { return parser_->host_count; }
std::string_view RequestReader::transfer_encoding() const { return parser_->transfer_encoding; }
std::string_view RequestReader::expect() const { return parser_->expect; }
std::uint64_t RequestReader::size_bytes() const { return size_bytes_; }
HttpRequest& RequestReader::request() { return parser_->request; }

std::optional<std::uint64_t> RequestReader::content_length() const {
    const auto length = parser_->content_length();
    if (!length) return std::nullopt;
    return *length;
}

}  // namespace tasdiq::net
