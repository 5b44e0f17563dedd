#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "net/http.hpp"
#include "net/request_error.hpp"

namespace tasdiq::net {

/// Reads one HTTP/1.x request from bytes as they come, without any input of its own.
/// It stops once behind the header, so that the caller can refuse before a body is read.
class RequestReader {
  public:
    struct Limits {
        std::size_t header_bytes = 0;
        std::size_t body_bytes = 0;
    };
    enum class State : std::uint8_t { kHeader, kBody, kDone };

    explicit RequestReader(Limits limits);
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;
    ~RequestReader();

    /// Takes what it can from the front of `bytes` and says how many that were; the caller offers
    /// the rest again, with more behind it. Not called again after an error or in kDone.
    ///
    /// Errors: kHeaderSize, kVersion, kMalformed, kBodySize, kBodyMalformed.
    [[nodiscard]] Result<std::size_t, RequestError> feed(std::string_view bytes);

    [[nodiscard]] State state() const;

    // From kBody on (and, as far as they were read, after an error).

    /// As sent; so is the target.
    [[nodiscard]] std::string_view method() const;
    [[nodiscard]] std::string_view target() const;
    /// Whether the client can take another response on this connection.
    [[nodiscard]] bool is_keep_alive() const;
    [[nodiscard]] bool is_http_1_0() const;
    /// Of the header, the body as it was announced; nothing for a chunked one.
    [[nodiscard]] std::optional<std::uint64_t> content_length() const;
    [[nodiscard]] bool is_chunked() const;
    /// How often Host was sent.
    [[nodiscard]] unsigned host_count() const;
    [[nodiscard]] std::string_view transfer_encoding() const;
    [[nodiscard]] std::string_view expect() const;
    /// Bytes of header and body so far.
    [[nodiscard]] std::uint64_t size_bytes() const;
    /// Headers and, in kDone, body. `method` and `target` are the caller's to fill.
    [[nodiscard]] HttpRequest& request();

  private:
    class Parser;
    std::unique_ptr<Parser> parser_;
    Limits limits_;
    std::uint64_t size_bytes_ = 0;
};

}  // namespace tasdiq::net
