#include "node/answers.hpp"

#include "base/ensure.hpp"
#include "codec/jcs.hpp"
#include "crypto/hash.hpp"

namespace tasdiq::node {
namespace {

std::string_view cache_control(Caching caching) {
    switch (caching) {
        case Caching::kNone: return "no-cache";
        case Caching::kShort: return "public, max-age=2";
        case Caching::kMinute: return "public, max-age=60";
        case Caching::kImmutable: return "public, max-age=31536000, immutable";
    }
    ENSURE(false);
}

struct ErrorText {
    unsigned status;
    std::string_view title;
};

ErrorText text_of(ApiError error) {
    switch (error) {
        case ApiError::kNoSuchPage: return {404, "there is no such page"};
        case ApiError::kNotFound: return {404, "the ledger has no such thing"};
        case ApiError::kParameter: return {400, "a parameter is missing or malformed"};
        case ApiError::kMediaType: return {415, "another media type is expected"};
        case ApiError::kBody: return {400, "the body is malformed"};
        case ApiError::kBusy: return {503, "too many submissions are waiting; try again"};
        case ApiError::kStopped: return {503, "the node is stopping"};
        case ApiError::kStore: return {500, "the ledger's disk failed"};
        case ApiError::kMethod: return {405, "another method is expected"};
        case ApiError::kEvidenceTooLarge:
            return {422, "the certificate needs more records than evidence may hold"};
        case ApiError::kListRefused: return {422, "the status list is refused"};
        case ApiError::kListOlder: return {409, "there is a newer status list"};
        case ApiError::kListsTooMany: return {422, "the member has too many status lists"};
    }
    ENSURE(false);
}

}  // namespace

net::HttpResponse json_answer(const codec::Json& json, std::string_view route, Caching caching,
                              unsigned status) {
    auto response = bytes_answer("application/json", codec::to_jcs(json), route, caching);
    response.status = status;
    return response;
}

net::HttpResponse bytes_answer(std::string_view type, std::string body, std::string_view route,
                               Caching caching) {
    auto response = net::make_response(std::string{type}, std::move(body));
    response.cache_control = cache_control(caching);
    response.route = route;
    return response;
}

net::HttpResponse tagged_answer(std::string_view type, std::string body, std::string_view route,
                                Caching caching) {
    auto response = bytes_answer(type, std::move(body), route, caching);
    response.etag = "\"" + to_hex(crypto::sha256(as_bytes(response.body)).view().first(8)) + "\"";
    return response;
}

net::HttpResponse api_problem(ApiError error, std::string_view route, std::string_view detail) {
    const ErrorText text = text_of(error);
    auto response = net::make_problem(
        {text.status, "api", static_cast<std::uint16_t>(error), text.title, detail});
    response.route = route;
    if (error == ApiError::kBusy) response.headers.push_back({"Retry-After", "1"});
    return response;
}

}  // namespace tasdiq::node
