#include "net/log.hpp"

#include <chrono>
#include <unistd.h>

#include "base/ensure.hpp"
#include "base/time.hpp"
#include "net/text.hpp"

namespace tasdiq::net {
namespace {

constexpr std::size_t kTextBytesMax = 1024;

/// Cuts at a character's edge where there is one.
std::string_view shortened(std::string_view text) {
    if (text.size() <= kTextBytesMax) return text;
    std::size_t end = kTextBytesMax;
    while (end > kTextBytesMax - 4 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
}

void append_time(std::string& to) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    to += to_text(Instant{ms / 1000});
    to.back() = '.';  // "Z" comes after the fraction
    const auto fraction = static_cast<std::uint64_t>(ms % 1000);
    if (fraction < 100) to.push_back('0');
    if (fraction < 10) to.push_back('0');
    append_decimal(to, fraction);
    to.push_back('Z');
}

void write_to_stderr(std::string_view line) {
    while (!line.empty()) {
        const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
        if (written <= 0) return;  // there is nowhere left to complain to
        line.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

std::string_view to_string(LogLevel level) {
    switch (level) {
        case LogLevel::kDebug: return "debug";
        case LogLevel::kInfo: return "info";
        case LogLevel::kWarning: return "warning";
        case LogLevel::kError: return "error";
    }
    ENSURE(false);
}

std::optional<LogLevel> parse_log_level(std::string_view text) {
    for (const LogLevel level :
         {LogLevel::kDebug, LogLevel::kInfo, LogLevel::kWarning, LogLevel::kError}) {
        if (text == to_string(level)) return level;
    }
    return std::nullopt;
}

void LogField::append_to(std::string& line) const {
    line.push_back(',');
    append_json_string(line, name_);
    line.push_back(':');
    switch (kind_) {
        case Kind::kText: append_json_string(line, shortened(text_)); break;
        case Kind::kLiteral: line += text_; break;
        case Kind::kSigned: append_decimal(line, static_cast<std::int64_t>(number_)); break;
        case Kind::kUnsigned: append_decimal(line, number_); break;
    }
}

Logger::Logger(LogLevel minimum) : Logger{minimum, write_to_stderr} {}
Logger::Logger(LogLevel minimum, Sink sink) : minimum_{minimum}, sink_{std::move(sink)} {}

void Logger::log(LogLevel level, std::string_view event,
                 std::initializer_list<LogField> fields) const {
    if (!is_on(level)) return;
    std::string line = "{\"time\":\"";
    append_time(line);
    line += "\",\"level\":\"";
    line += to_string(level);
    line += "\",\"event\":";
    append_json_string(line, shortened(event));
    for (const LogField& field : fields) field.append_to(line);
    line += "}\n";
    const std::lock_guard lock{mutex_};
    sink_(line);
}

}  // namespace tasdiq::net
