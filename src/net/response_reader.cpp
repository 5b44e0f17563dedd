#include "net/response_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace tasdiq::net {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using ErrorCode = beast::error_code;

constexpr std::size_t kHeaderBytesMax = 64 * 1024;

}  // namespace

class ResponseReader::Parser final : public http::basic_parser<false> {
  public:
    ClientResponse response;

  private:
    void on_request_impl(http::verb, beast::string_view, beast::string_view, int,
                         ErrorCode&) override {}

    void on_response_impl(int status, beast::string_view, int, ErrorCode&) override {
        response.status = static_cast<unsigned>(status);
    }

    void on_field_impl(http::field, beast::string_view name, beast::string_view value,
                       ErrorCode&) override {
        if (is_header_done()) return;  // trailers
        response.headers.push_back(
            {std::string{name.data(), name.size()}, std::string{value.data(), value.size()}});
    }

    void on_header_impl(ErrorCode&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}

    std::size_t on_body_impl(beast::string_view body, ErrorCode&) override {
        response.body.append(body.data(), body.size());
        return body.size();
    }

    void on_chunk_header_impl(std::uint64_t, beast::string_view, ErrorCode&) override {}

    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view body, ErrorCode&) override {
        response.body.append(body.data(), body.size());
        return body.size();
    }

    void on_finish_impl(ErrorCode&) override {}
};

ResponseReader::ResponseReader(std::size_t body_bytes_max) : body_bytes_max_{body_bytes_max} {
    restart();
}

ResponseReader::~ResponseReader() = default;

void ResponseReader::restart() {
    parser_ = std::make_unique<Parser>();
    parser_->header_limit(kHeaderBytesMax);
    parser_->body_limit(body_bytes_max_);
    parser_->eager(true);
}

Result<std::size_t, NetError> ResponseReader::feed(std::string_view bytes) {
    const bool in_header = !parser_->is_header_done();
    ErrorCode error;
    const std::size_t taken = parser_->put({bytes.data(), bytes.size()}, error);
    if (error == http::error::header_limit) {
        return std::unexpected{NetError::kResponseHeaderTooLarge};
    }
    if (error == http::error::body_limit) return std::unexpected{NetError::kResponseTooLarge};
    if (error && error != http::error::need_more) {
        return std::unexpected{NetError::kMalformedResponse};
    }
    // Lines that come one by one, and 1xx responses without end, are one header's worth of bytes.
    if (in_header && !parser_->is_header_done()) header_bytes_ += taken;
    const std::size_t left = parser_->is_done() ? 0 : bytes.size() - taken;
    if (header_bytes_ + left > kHeaderBytesMax) {
        return std::unexpected{NetError::kResponseHeaderTooLarge};
    }
    if (parser_->is_done() && response().status / 100 == 1) {
        header_bytes_ += taken;
        if (header_bytes_ > kHeaderBytesMax || response().status == 101) {
            return std::unexpected{NetError::kMalformedResponse};  // 101: we never ask to switch
        }
        restart();
    }
    return taken;
}

Result<Ok, NetError> ResponseReader::finish() {
    if (!parser_->got_some()) return std::unexpected{NetError::kClosed};
    ErrorCode error;
    parser_->put_eof(error);
    if (error || !parser_->is_done()) return std::unexpected{NetError::kClosed};
    return Ok{};
}

bool ResponseReader::is_done() const { return parser_->is_done(); }
bool ResponseReader::is_started() const { return parser_->got_some(); }
bool ResponseReader::is_keep_alive() const { return parser_->is_done() && parser_->keep_alive(); }
ClientResponse& ResponseReader::response() { return parser_->response; }

}  // namespace tasdiq::net
