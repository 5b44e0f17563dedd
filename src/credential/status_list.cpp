#include "credential/status_list.hpp"

#include <algorithm>
#include <map>

#include "base/ascii.hpp"
#include "base/ensure.hpp"
#include "codec/base_n.hpp"
#include "codec/gzip.hpp"
#include "credential/json_checks.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;
using Error = StatusError;

constexpr std::uint32_t kSizeBitsMax = 16;

/// "0x2" of 2; digits in either case.
std::string hexadecimal(std::uint32_t value) {
    std::string digits;
    do {
        digits.insert(digits.begin(), "0123456789abcdef"[value % 16]);
        value /= 16;
    } while (value != 0);
    return "0x" + digits;
}

std::string to_lower(std::string text) {
    for (char& c : text) {
        if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

/// A whole number "of arbitrary size": what is too large for any list is 2^64 − 1.
std::optional<std::uint64_t> parse_index(const std::string& text) {
    if (text.empty()) return std::nullopt;
    std::uint64_t value = 0;
    bool is_large = false;
    for (const char c : text) {
        if (!is_digit(c)) return std::nullopt;
        is_large = is_large || value > (std::uint64_t{1} << 59);
        if (!is_large) value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return is_large ? UINT64_MAX : value;
}

/// The messages of each value, whatever order they stand in; nothing if one has none.
std::optional<std::vector<std::string>> parse_messages(const Json& list, std::size_t count) {
    if (!list.is_array() || list.size() != count) return std::nullopt;
    std::map<std::string, const std::string*> by_status;
    for (const Json& one : list.as_array()) {
        const std::string* const status = one.find_string("status");
        if (status != nullptr) by_status.try_emplace(to_lower(*status), one.find_string("message"));
    }
    std::vector<std::string> messages;
    for (std::uint32_t value = 0; value < count; ++value) {
        const auto found = by_status.find(hexadecimal(value));
        if (found == by_status.end() || found->second == nullptr) return std::nullopt;
        messages.push_back(*found->second);
    }
    return messages;
}

/// One or more texts.
bool has_purposes(const Json& subject) {
    const auto purposes = list_of(subject.find("statusPurpose"));
    return !purposes.empty() && std::ranges::all_of(purposes, &Json::is_string);
}

bool has_reference(const Json& status) {
    const Json* const reference = status.find("statusReference");
    return reference == nullptr || std::ranges::all_of(list_of(reference), [](const Json& one) {
               return one.is_string() && is_url(one.as_string());
           });
}

}  // namespace

std::string_view to_string(StatusError error) {
    switch (error) {
        case Error::kEntry: return "a status entry is malformed";
        case Error::kCredential: return "the status list is no credential of one";
        case Error::kPurpose: return "the status list has another purpose";
        case Error::kEncoding: return "the status list cannot be decoded";
        case Error::kLength: return "the status list has too few entries";
        case Error::kRange: return "the status entry is outside of the list";
    }
    ENSURE(false);
}

std::string_view problem_type(StatusError error) {
    switch (error) {
        case Error::kEntry:
        case Error::kCredential:
        case Error::kEncoding: return kMalformedProblem;
        case Error::kPurpose: return kStatusVerificationProblem;
        case Error::kLength:
            return "https://www.w3.org/ns/credentials/status-list#STATUS_LIST_LENGTH_ERROR";
        case Error::kRange: return kRangeProblem;
    }
    ENSURE(false);
}

StatusBits::StatusBits(std::size_t count) : bytes_(count / 8, 0) {
    ENSURE(count % 8 == 0 && count >= kStatusEntriesMin);
}

Result<StatusBits, StatusError> StatusBits::decode(std::string_view encoded) {
    const auto compressed = codec::decode_multibase(codec::Multibase::kBase64Url, encoded);
    if (!compressed) return std::unexpected{Error::kEncoding};
    auto bytes = codec::expand_gzip(*compressed, kStatusListSizeMax);
    if (!bytes) return std::unexpected{Error::kEncoding};
    return StatusBits{*std::move(bytes)};
}

std::string StatusBits::encode() const {
    return codec::encode_multibase(codec::Multibase::kBase64Url, codec::compress_gzip(bytes_));
}

bool StatusBits::get(std::size_t index) const {
    ENSURE(index < count());
    return (bytes_[index / 8] >> (7 - index % 8) & 1U) != 0;
}

void StatusBits::set(std::size_t index, bool value) {
    ENSURE(index < count());
    const auto bit = static_cast<std::uint8_t>(0x80U >> index % 8);
    const unsigned without = bytes_[index / 8] & ~unsigned{bit};
    bytes_[index / 8] = static_cast<std::uint8_t>(value ? without | bit : without);
}

Result<StatusEntry, StatusError> parse_status_entry(const Json& status) {
    const std::string* const type = status.find_string("type");
    const std::string* const purpose = status.find_string("statusPurpose");
    const std::string* const index = status.find_string("statusListIndex");
    const bool complete = type != nullptr && *type == kStatusEntryType && purpose != nullptr &&
                          index != nullptr && has_url(status, "statusListCredential") &&
                          has_reference(status);
    if (!complete) return std::unexpected{Error::kEntry};
    const std::string& url = *status.find_string("statusListCredential");
    const std::string* const id = status.find_string("id");
    const auto number = parse_index(*index);
    if (!number || (id != nullptr && *id == url)) return std::unexpected{Error::kEntry};
    StatusEntry entry{.purpose = *purpose, .index = *number, .list_url = url, .messages = {}};
    if (const Json* const size = status.find("statusSize")) {
        const auto bits = size->get_integer();
        if (!bits || *bits < 1 || *bits > kSizeBitsMax) return std::unexpected{Error::kEntry};
        entry.size_bits = static_cast<std::uint32_t>(*bits);
    }
    const Json* const messages = status.find("statusMessage");
    if (messages == nullptr) {
        if (entry.size_bits > 1) return std::unexpected{Error::kEntry};
        return entry;
    }
    auto parsed = parse_messages(*messages, std::size_t{1} << entry.size_bits);
    if (!parsed) return std::unexpected{Error::kEntry};
    entry.messages = *std::move(parsed);
    return entry;
}

Json make_status_entry(std::string_view purpose, std::uint64_t index, std::string_view list_url) {
    return Json::object()
        .set("type", kStatusEntryType)
        .set("statusPurpose", purpose)
        .set("statusListIndex", std::to_string(index))
        .set("statusListCredential", list_url);
}

Result<Status, StatusError> find_status(const StatusEntry& entry, const Json& list) {
    const Json* const subject = list.find("credentialSubject");
    const std::string* const encoded =
        subject == nullptr ? nullptr : subject->find_string("encodedList");
    const bool good = is_type(list, kStatusCredentialType) && encoded != nullptr &&
                      is_type(*subject, kStatusListType) && has_purposes(*subject);
    if (!good) return std::unexpected{Error::kCredential};
    if (!is_one_of(subject->find("statusPurpose"), entry.purpose)) {  // step 5
        return std::unexpected{Error::kPurpose};
    }
    TRY(const StatusBits bits, StatusBits::decode(*encoded));  // step 8
    const std::size_t entry_count = bits.count() / entry.size_bits;
    if (entry_count < kStatusEntriesMin) return std::unexpected{Error::kLength};  // step 9
    if (entry.index >= entry_count) return std::unexpected{Error::kRange};        // step 10
    Status status{.purpose = entry.purpose, .message = {}};
    for (std::uint32_t i = 0; i < entry.size_bits; ++i) {
        const std::size_t at = static_cast<std::size_t>(entry.index) * entry.size_bits + i;
        status.value = status.value << 1 | (bits.get(at) ? 1U : 0U);
    }
    if (entry.messages.empty()) {
        status.message = status.value == 0 ? "unset" : "set";
    } else {
        status.message = entry.messages[status.value];  // step 14
    }
    return status;
}

Result<Ok, StatusError> check_status_entries(const Json& document) {
    if (document.is_array()) {
        for (const Json& one : document.as_array()) TRY(check_status_entries(one));
    }
    if (!document.is_object()) return Ok{};
    if (is_one_of(document.find("type"), kStatusEntryType)) TRY(parse_status_entry(document));
    for (const auto& [key, value] : document.as_object()) TRY(check_status_entries(value));
    return Ok{};
}

Json make_status_credential(const StatusListHead& head, const StatusBits& bits) {
    Json subject = Json::object()
                       .set("id", head.url + "#list")
                       .set("type", kStatusListType)
                       .set("statusPurpose", head.purpose)
                       .set("encodedList", bits.encode());
    if (head.ttl_ms) subject.set("ttl", *head.ttl_ms);
    Json json =
        Json::object()
            .set("@context", Json::array().push(kCredentialsContext))
            .set("id", head.url)
            .set("type", Json::array().push(kVerifiableCredential).push(kStatusCredentialType))
            .set("issuer", head.issuer)
            .set("credentialSubject", std::move(subject));
    if (head.valid_from) json.set("validFrom", to_text(*head.valid_from));
    return json;
}

}  // namespace tasdiq::credential
