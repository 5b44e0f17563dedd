#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace tasdiq::net {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarning, kError };

/// "debug", "info", "warning", "error".
[[nodiscard]] std::string_view to_string(LogLevel level);
[[nodiscard]] std::optional<LogLevel> parse_log_level(std::string_view text);

/// A named text, whole number or truth value of one log line. It lives as long as the call.
class LogField {
  public:
    LogField(std::string_view name, std::string_view value)
        : name_{name}, text_{value}, kind_{Kind::kText} {}
    LogField(std::string_view name, const char* value) : LogField{name, std::string_view{value}} {}
    LogField(std::string_view name, const std::string& value)
        : LogField{name, std::string_view{value}} {}
    LogField(std::string_view name, bool value)
        : name_{name}, text_{value ? "true" : "false"}, kind_{Kind::kLiteral} {}
    template <std::signed_integral T>
    LogField(std::string_view name, T value)
        : name_{name}, number_{static_cast<std::uint64_t>(value)}, kind_{Kind::kSigned} {}
    template <std::unsigned_integral T>
    LogField(std::string_view name, T value)
        : name_{name}, number_{value}, kind_{Kind::kUnsigned} {}

  private:
    friend class Logger;
    enum class Kind : std::uint8_t { kText, kLiteral, kSigned, kUnsigned };
    void append_to(std::string& line) const;

    std::string_view name_;
    std::string_view text_;
    std::uint64_t number_ = 0;
    Kind kind_;
};

/// Writes one JSON object a line: time (RFC 3339, milliseconds), level, event, then the fields.
/// What is not passed as a field is not logged: no message texts made of whatever was at hand, so
/// no personal data by accident. Texts are cut at 1,024 bytes. Thread-safe.
///
/// `log.info("block committed", {{"height", height}, {"transactions", count}});`
class Logger {
  public:
    /// Gets a line with its "\n", one at a time.
    using Sink = std::function<void(std::string_view line)>;

    /// Writes lines of `minimum` and above to the standard error stream.
    explicit Logger(LogLevel minimum);
    Logger(LogLevel minimum, Sink sink);

    [[nodiscard]] bool is_on(LogLevel level) const { return level >= minimum_; }

    /// `event` is a constant text, the same for every occurrence.
    void log(LogLevel level, std::string_view event,
             std::initializer_list<LogField> fields = {}) const;

    void debug(std::string_view event, std::initializer_list<LogField> fields = {}) const {
        log(LogLevel::kDebug, event, fields);
    }
    void info(std::string_view event, std::initializer_list<LogField> fields = {}) const {
        log(LogLevel::kInfo, event, fields);
    }
    void warning(std::string_view event, std::initializer_list<LogField> fields = {}) const {
        log(LogLevel::kWarning, event, fields);
    }
    void error(std::string_view event, std::initializer_list<LogField> fields = {}) const {
        log(LogLevel::kError, event, fields);
    }

  private:
    LogLevel minimum_;
    Sink sink_;
    mutable std::mutex mutex_;  // held while the sink writes, so that lines don't mix
};

}  // namespace tasdiq::net
