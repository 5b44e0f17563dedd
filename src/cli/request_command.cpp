#include "cli/request_command.hpp"

#include "cli/command.hpp"
#include "cli/files.hpp"

namespace tasdiq::cli {

using codec::Json;

namespace {

constexpr std::size_t kRequestSizeMax = 1U << 20;

}  // namespace

Result<Json, std::string> read_request(const std::string& path) {
    TRY(const Bytes content, read_file(path, kRequestSizeMax));
    auto json = codec::parse_json(content);
    if (!json) {
        return std::unexpected{path + ": byte " + std::to_string(json.error().offset) + ": " +
                               std::string{codec::to_string(json.error().error)}};
    }
    return *std::move(json);
}

int run_request(const Arguments& arguments, ParseRequest parse) {
    if (arguments.positionals().size() != 1) {
        return usage_error("this needs one request file (docs/formats/requests.md)");
    }
    const std::string& path = arguments.positionals().front();
    const auto json = read_request(path);
    if (!json) return fail(kExitIo, json.error());
    const std::size_t slash = path.rfind('/');
    const auto request = parse(*json, slash == std::string::npos ? "." : path.substr(0, slash));
    if (!request) return fail(kExitRefused, path + ": " + request.error());
    return propose(arguments, *request);
}

}  // namespace tasdiq::cli
