#include "credential/published_list.hpp"

#include "base/ensure.hpp"
#include "credential/json_checks.hpp"
#include "credential/vc_accept.hpp"

namespace tasdiq::credential {

using codec::Json;
using Error = PublishError;

namespace {

std::unexpected<PublishFault> refuse(Error error, std::string detail = {}) {
    return std::unexpected{PublishFault{error, std::move(detail)}};
}

bool is_text(const Json& object, std::string_view key, std::string_view wanted) {
    const std::string* const text = object.find_string(key);
    return text != nullptr && *text == wanted;
}

bool has_entries(const Json& subject) {
    const std::string* const encoded = subject.find_string("encodedList");
    if (encoded == nullptr || !is_text(subject, "type", kStatusListType)) return false;
    const auto bits = StatusBits::decode(*encoded);
    return bits && bits->count() == kStatusEntriesMin;
}

}  // namespace

std::string_view to_string(PublishError error) {
    switch (error) {
        case Error::kJson: return "it is no JSON, or too large";
        case Error::kAddress: return "it is not the status list of this address";
        case Error::kIssuer: return "it is not by who may sign it now";
        case Error::kDate: return "it does not say from when on it is valid, or that is to come";
        case Error::kList: return "it has not as many entries as a list has here";
        case Error::kProof: return "it is not validly signed";
    }
    ENSURE(false);
}

Result<Instant, PublishFault> check_published_list(std::string_view body,
                                                   const ExpectedList& expected,
                                                   VcApiWorld& world) {
    const auto list = codec::parse_json(body, {.size_bytes_max = kPublishedListSizeMax});
    if (!list) return refuse(Error::kJson);
    const Json* const subject = list->find("credentialSubject");
    const bool is_there = is_text(*list, "id", expected.url) && subject != nullptr &&
                          is_type(*list, kStatusCredentialType) &&
                          is_text(*subject, "statusPurpose", expected.purpose);
    if (!is_there) return refuse(Error::kAddress);
    if (id_of(list->find("issuer")) != expected.issuer) return refuse(Error::kIssuer);
    const auto from = date_time(*list, "validFrom");
    const bool is_past = from && *from && (*from)->seconds <= world.now.seconds + kListClockSkew_s;
    if (!is_past) return refuse(Error::kDate);
    if (!has_entries(*subject)) return refuse(Error::kList);
    // A clock that is ahead of ours does not make a list invalid.
    VcApiWorld then{world.documents, world.contexts, std::max(world.now, **from)};
    if (const auto accepted = accept_list(*list, then); !accepted) {
        return refuse(Error::kProof, accepted.error().detail);
    }
    return **from;
}

}  // namespace tasdiq::credential
