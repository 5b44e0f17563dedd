#include "credential/sd_select.hpp"

#include <set>
#include <string_view>

#include "credential/sd_value.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

/// The pointers to one value and into it, as their values' addresses: all pointers of a document
/// that go through the same value share it.
struct Selected {
    std::set<const Json*> whole;  // ends of pointers
    std::set<const Json*> on_way;
};

/// Marks what stands on the way to the value that `pointer` names.
bool mark(const Json& document, std::string_view pointer, Selected& selected) {
    const Json* const end = codec::resolve_pointer(document, pointer);
    if (end == nullptr) return false;
    selected.whole.insert(end);
    for (std::size_t at = pointer.rfind('/'); at != std::string_view::npos;
         at = pointer.substr(0, at).rfind('/')) {
        selected.on_way.insert(codec::resolve_pointer(document, pointer.substr(0, at)));
        if (at == 0) break;
    }
    return true;
}

/// Spec: VC-DI-ECDSA §3.4.11; an array of types or contexts is taken as it is.
bool is_initial(const codec::JsonMember& member, BlankIds blank_ids) {
    if (member.key == "@context" || member.key == "type" || member.key == "@type") return true;
    if (member.key != "id" && member.key != "@id") return false;
    const std::string* const id = member.value.get_string();
    return blank_ids == BlankIds::kSelected || (id != nullptr && !id->starts_with("_:"));
}

Json part_of(const Json& value, const Selected& selected, BlankIds blank_ids) {
    if (selected.whole.contains(&value)) return value;
    const auto is_selected = [&selected](const Json& one) {
        return selected.whole.contains(&one) || selected.on_way.contains(&one);
    };
    if (const Json::Array* const elements = value.get_array()) {
        Json part = Json::array();
        for (const Json& one : *elements) {
            if (is_selected(one)) part.push(part_of(one, selected, blank_ids));
        }
        return part;
    }
    Json part = Json::object();
    for (const codec::JsonMember& member : value.as_object()) {
        if (is_initial(member, blank_ids)) {
            part.set(member.key, member.value);
        } else if (is_selected(member.value)) {
            part.set(member.key, part_of(member.value, selected, blank_ids));
        }
    }
    return part;
}

}  // namespace

Result<Json, ProofError> select_json(const Json& document, std::span<const std::string> pointers,
                                     BlankIds blank_ids) {
    if (pointers.empty() || pointers.size() > kPointersMax) {
        return std::unexpected{ProofError::kPointer};
    }
    Selected selected;
    for (const std::string& pointer : pointers) {
        const bool is_known =
            pointer.size() <= kPointerSizeMax && mark(document, pointer, selected);
        if (!is_known) return std::unexpected{ProofError::kPointer};
    }
    return part_of(document, selected, blank_ids);
}

}  // namespace tasdiq::credential
