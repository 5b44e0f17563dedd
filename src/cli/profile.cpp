#include "cli/profile.hpp"

#include <algorithm>

#include "cli/files.hpp"
#include "crypto/multikey.hpp"
#include "wire/describe.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

constexpr std::string_view kType = "tasdiq-profile/1";
constexpr std::size_t kFileSizeMax = 4U << 20;

/// Reads members of an object; remembers the first that is not as it must be.
class Members {
  public:
    explicit Members(const Json& object) : object_{object} {}

    std::string text(std::string_view key) {
        const Json* value = member(key);
        if (value == nullptr || !value->is_string()) return refuse(key), std::string{};
        return value->as_string();
    }

    std::uint64_t number(std::string_view key, std::uint64_t max) {
        const Json* value = member(key);
        const auto number = value != nullptr ? value->get_integer() : std::nullopt;
        if (!number || *number < 0 || static_cast<std::uint64_t>(*number) > max) {
            return refuse(key), 0;
        }
        return static_cast<std::uint64_t>(*number);
    }

    const Json::Array& array(std::string_view key) {
        static const Json::Array kNone;
        const Json* value = member(key);
        if (value == nullptr || !value->is_array()) return refuse(key), kNone;
        return value->as_array();
    }

    bool is_null(std::string_view key) {
        const Json* value = member(key);
        return value != nullptr && value->is_null();
    }

    void refuse(std::string_view key) {
        if (fault_.empty()) fault_ = std::string{key} + " is missing or malformed";
    }

    [[nodiscard]] const std::string& fault() const { return fault_; }

  private:
    const Json* member(std::string_view key) {
        return object_.is_object() ? object_.find(key) : nullptr;
    }

    const Json& object_;
    std::string fault_;
};

Json names_to_json(const std::vector<wire::Name>& names) {
    Json array = Json::array();
    for (const wire::Name& name : names) {
        array.push(Json::object()
                       .set("from", to_text(name.from))
                       .set("ar", name.ar)
                       .set("en", name.en)
                       .set("fr", name.fr));
    }
    return array;
}

Json programme_to_json(const intake::Programme& programme) {
    return Json::object()
        .set("code", programme.code)
        .set("level", std::uint64_t{programme.level})
        .set("field", wire::to_field_text(programme.field))
        .set("ar", programme.titles.ar)
        .set("en", programme.titles.en)
        .set("fr", programme.titles.fr);
}

}  // namespace

const ProfileKey* Profile::find_key(wire::Ordinal ordinal) const {
    const auto found = std::ranges::find(keys, ordinal, &ProfileKey::ordinal);
    return found == keys.end() ? nullptr : &*found;
}

const ProfileKey* Profile::find_assertion_key(const crypto::PublicKey& key) const {
    const auto found = std::ranges::find(keys, crypto::to_multikey(key), &ProfileKey::multikey);
    return found == keys.end() || found->role != wire::Role::kAssertion ? nullptr : &*found;
}

intake::Profile Profile::intake_rules() const {
    intake::Profile rules;
    rules.programmes = programmes;
    rules.serial_prefix = serial_prefix;
    return rules;
}

intake::ActProfile Profile::act_rules(wire::CertificateType type) const {
    return {type, origin, serial_prefix};
}

Json to_json(const Profile& profile) {
    Json programmes = Json::array();
    for (const auto& one : profile.programmes) programmes.push(programme_to_json(one));
    Json keys = Json::array();
    for (const ProfileKey& key : profile.keys) {
        keys.push(Json::object()
                      .set("ordinal", std::uint64_t{key.ordinal.value})
                      .set("role", std::string{wire::to_word(key.role)})
                      .set("key", key.multikey));
    }
    return Json::object()
        .set("type", std::string{kType})
        .set("ledger", profile.ledger == wire::LedgerKind::kTest ? "test" : "production")
        .set("chain", to_hex(profile.chain.view()))
        .set("origin", profile.origin)
        .set("institution", std::uint64_t{profile.institution.value})
        .set("names", names_to_json(profile.names))
        .set("accreditation",
             profile.accreditation ? Json{std::uint64_t{*profile.accreditation}} : Json{})
        .set("programmes", std::move(programmes))
        .set("keys", std::move(keys))
        .set("serialPrefix", profile.serial_prefix);
}

Result<Profile, std::string> parse_profile(ByteView json) {
    const auto parsed = codec::parse_json(json);
    if (!parsed) return std::unexpected{std::string{"is not JSON"}};
    Members members{*parsed};
    Profile profile;
    if (members.text("type") != kType) {
        return std::unexpected{
            std::string{"is no issuing profile; tasdiq member profile writes one"}};
    }
    const std::string ledger = members.text("ledger");
    if (ledger != "test" && ledger != "production") members.refuse("ledger");
    profile.ledger =
        ledger == "production" ? wire::LedgerKind::kProduction : wire::LedgerKind::kTest;
    const auto chain = from_hex(members.text("chain"));
    const auto chain_id = chain ? wire::ChainId::from(*chain) : std::nullopt;
    if (!chain_id) members.refuse("chain");
    profile.chain = chain_id.value_or(wire::ChainId{});
    profile.origin = members.text("origin");
    profile.institution = {static_cast<std::uint32_t>(members.number("institution", UINT32_MAX))};
    if (!members.is_null("accreditation")) {
        profile.accreditation =
            static_cast<std::uint32_t>(members.number("accreditation", UINT32_MAX));
    }
    profile.serial_prefix = members.text("serialPrefix");
    for (const Json& one : members.array("names")) {
        Members name{one};
        const auto from = parse_day(name.text("from"));
        profile.names.push_back(
            {from.value_or(Day{}), name.text("ar"), name.text("en"), name.text("fr")});
        if (!from || !name.fault().empty()) members.refuse("names");
    }
    if (profile.names.empty()) members.refuse("names");
    for (const Json& one : members.array("programmes")) {
        Members programme{one};
        const auto level = static_cast<std::uint8_t>(programme.number("level", 8));
        const std::string field = programme.text("field");
        const bool is_field = field.size() == 4 && std::ranges::all_of(field, [](char c) {
                                  return c >= '0' && c <= '9';
                              });
        if (!is_field) programme.refuse("field");
        profile.programmes.push_back(
            {programme.text("code"),
             level,
             static_cast<std::uint16_t>(is_field ? std::stoul(field) : 0),
             {programme.text("ar"), programme.text("en"), programme.text("fr")}});
        if (!programme.fault().empty()) members.refuse("programmes");
    }
    if (profile.is_authoritys() && !profile.programmes.empty()) members.refuse("programmes");
    for (const Json& one : members.array("keys")) {
        Members key{one};
        const auto role = wire::parse_role(key.text("role"));
        const auto ordinal = static_cast<std::uint16_t>(key.number("ordinal", UINT16_MAX));
        profile.keys.push_back({{ordinal}, role.value_or(wire::Role::kSeal), key.text("key")});
        if (!role || !key.fault().empty()) members.refuse("keys");
    }
    if (!members.fault().empty()) return std::unexpected{members.fault()};
    return profile;
}

Result<Profile, std::string> read_profile(const std::string& path) {
    TRY(const Bytes content, read_file(path, kFileSizeMax));
    auto profile = parse_profile(content);
    if (!profile) return std::unexpected{path + ": " + profile.error()};
    return *std::move(profile);
}

}  // namespace tasdiq::cli
