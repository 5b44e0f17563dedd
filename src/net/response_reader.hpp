#pragma once

#include <memory>
#include <string_view>

#include "base/result.hpp"
#include "net/client.hpp"
#include "net/net_error.hpp"

namespace tasdiq::net {

/// Reads one HTTP/1.x response (the last, after any 1xx) from bytes as they come.
class ResponseReader {
  public:
    explicit ResponseReader(std::size_t body_bytes_max);
    ResponseReader(const ResponseReader&) = delete;
    ResponseReader& operator=(const ResponseReader&) = delete;
    ~ResponseReader();

    /// Takes what it can from the front of `bytes` and says how many that were.
    ///
    /// Errors: kMalformedResponse, kResponseHeaderTooLarge, kResponseTooLarge.
    [[nodiscard]] Result<std::size_t, NetError> feed(std::string_view bytes);

    /// The other side has closed. Errors: kClosed, unless that is how the body ends.
    [[nodiscard]] Result<Ok, NetError> finish();

    [[nodiscard]] bool is_done() const;
    [[nodiscard]] bool is_started() const;
    /// Once done: whether the connection can be used again.
    [[nodiscard]] bool is_keep_alive() const;
    [[nodiscard]] ClientResponse& response();

  private:
    class Parser;
    void restart();

    std::unique_ptr<Parser> parser_;
    std::size_t body_bytes_max_;
    std::size_t header_bytes_ = 0;
};

}  // namespace tasdiq::net
