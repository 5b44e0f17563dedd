#include "certificate/commitment.hpp"

#include <functional>
#include <set>

#include "certificate/example_test.hpp"
#include "codec/cbor.hpp"
#include "crypto/hash.hpp"

namespace tasdiq::certificate {
namespace {

using codec::Json;

// ------------------------------------------------------------------ the definition, once more
Bytes salt(std::uint32_t leaf) {
    Bytes input = to_bytes(as_bytes("tasdiq/salt/1"));
    append(input, secret().view());
    append_u32(input, leaf);
    const auto digest = crypto::sha256(input);
    return Bytes(digest.view().begin(), digest.view().begin() + 16);
}

/// The root of `leaves`, as RFC 9162 §2.1.1 defines it.
Bytes root_of(std::span<const Bytes> leaves) {
    if (leaves.size() == 1) {
        return to_bytes(crypto::sha256({as_bytes(std::string_view{"\0", 1}), leaves[0]}).view());
    }
    std::size_t left = 1;
    while (left * 2 < leaves.size()) left *= 2;
    return to_bytes(crypto::sha256({as_bytes("\x01"), root_of(leaves.first(left)),
                                    root_of(leaves.subspan(left))})
                        .view());
}

/// All leaves of a credential, from its JSON and the table's pointers alone.
std::vector<Bytes> leaves_of(const Json& document, const wire::Terms& terms,
                             std::optional<Day> valid_until) {
    std::vector<std::pair<std::string, std::string>> claims;
    Bytes bitmap(kBitmapSize);
    std::uint64_t courses = 0;
    const auto table = table_of_page(terms.type);
    for (std::size_t row = 0; row < table.size(); ++row) {
        std::string pointer = table[row];
        const bool array = pointer.ends_with("/*");
        if (array) pointer.resize(pointer.size() - 2);
        const Json* const value = codec::resolve_pointer(document, pointer);
        if (value == nullptr) continue;
        bitmap[row / 8] = static_cast<std::uint8_t>(bitmap[row / 8] | (1U << (7 - row % 8)));
        if (pointer == "/credentialSubject/courses") courses = value->size();
        if (!array) claims.emplace_back(pointer, codec::to_jcs(*value));
        for (std::size_t i = 0; array && i < value->size(); ++i) {
            claims.emplace_back(pointer + "/" + std::to_string(i),
                                codec::to_jcs(value->as_array()[i]));
        }
    }
    std::vector<Bytes> leaves;
    codec::CborWriter header;
    header.array(7).text("tasdiq/header/1").encoded(wire::encode(terms));
    if (valid_until) {
        header.integer(valid_until->days);
    } else {
        header.null();
    }
    leaves.push_back(header.uint(1).bytes(bitmap).uint(courses).bytes(salt(0)).take());
    const auto hash = crypto::sha256(as_bytes(codec::to_jcs(document)));
    leaves.push_back(codec::CborWriter{}
                         .array(3)
                         .text("tasdiq/document/1")
                         .bytes(hash.view())
                         .bytes(salt(1))
                         .take());
    for (const auto& [pointer, value] : claims) {
        const auto number = static_cast<std::uint32_t>(leaves.size());
        leaves.push_back(codec::CborWriter{}
                             .array(4)
                             .text("tasdiq/claim/1")
                             .text(pointer)
                             .text(value)
                             .bytes(salt(number))
                             .take());
    }
    return leaves;
}

Bytes commitment_over(const std::vector<Bytes>& leaves) {
    Bytes input = to_bytes(as_bytes("tasdiq/commitment/1"));
    append_u64(input, leaves.size());
    append(input, root_of(leaves));
    return to_bytes(crypto::sha256(input).view());
}

TEST(Commitment, IsThatOfTheDefinition) {
    for (const Record& record : {diploma(), transcript(), equivalency(), apostille()}) {
        const CanonicalCredential credential = make(record);
        const auto leaves =
            leaves_of(parse(credential.text()), terms_of(record), record.valid_until);
        EXPECT_EQ(to_hex(commit(credential, terms_of(record), secret()).view()),
                  to_hex(commitment_over(leaves)));
    }
}

TEST(Commitment, IsThatOfTheExample) {
    const Record record = diploma();
    const CanonicalCredential credential = make(record);
    const auto leaves = leaves_of(parse(credential.text()), terms_of(record), std::nullopt);
    std::string example;
    const auto line = [&example](const std::string& name, ByteView bytes) {
        example += name + std::string(14 - name.size(), ' ') + to_hex(bytes) + "\n";
    };
    line("secret", secret().view());
    line("terms", wire::encode(terms_of(record)));
    line("document hash", credential.hash().view());
    for (const std::size_t number : {0U, 1U, 2U, 3U}) {
        line("leaf " + std::to_string(number), leaves[number]);
    }
    example += "leaf count    " + std::to_string(leaves.size()) + "\n";
    line("root", root_of(leaves));
    line("commitment", commit(credential, terms_of(record), secret()).view());
    EXPECT_EQ(fenced("commitment.md", "text commitment"), example);
}

TEST(Commitment, DependsOnTermsAndSecret) {
    const CanonicalCredential credential = make(diploma());
    const auto commitment = commit(credential, terms_of(diploma()), secret());
    wire::Terms terms = terms_of(diploma());
    terms.level = 7;
    EXPECT_NE(commit(credential, terms, secret()), commitment);
    wire::CertificateSecret other = secret();
    other.mutable_view()[31] ^= 1;
    EXPECT_NE(commit(credential, terms_of(diploma()), other), commitment);
}

// ------------------------------------------------------------------ every change shows
/// Calls `look` with each document that differs from `document` by one small change: scalars,
/// members added, removed and renamed, items added, removed and reordered.
class Mutations {
  public:
    Mutations(Json document, std::function<void(const Json&)> look)
        : document_{std::move(document)}, look_{std::move(look)} {}

    void all() { visit(document_); }

  private:
    void with(Json& place, Json changed) {
        std::swap(place, changed);
        look_(document_);
        std::swap(place, changed);
    }

    void visit(Json& value) {
        with(value, Json{});
        if (const std::string* const text = value.get_string()) {
            with(value, *text + "x");
            with(value, text->substr(0, text->size() - 1));
            with(value, Json::array().push(*text));
        } else if (const auto number = value.get_integer()) {
            with(value, *number + 1);
            with(value, -*number - 1);
            with(value, std::to_string(*number));
        } else if (const auto boolean = value.get_boolean()) {
            with(value, !*boolean);
        } else if (value.is_array()) {
            visit_array(value);
        } else if (value.is_object()) {
            visit_object(value);
        }
    }

    void visit_array(Json& value) {
        const std::size_t size = value.size();
        Json changed = value;
        std::ranges::reverse(changed.as_array());
        if (size > 1) with(value, changed);
        changed = value;
        changed.push(changed.as_array().front());
        with(value, changed);
        changed.as_array().erase(changed.as_array().begin());
        changed.as_array().pop_back();
        with(value, changed);
        for (std::size_t i = 0; i < size; ++i) visit(value.as_array()[i]);
    }

    void visit_object(Json& value) {
        for (const char* const key : {"more", "@context", "id", "type", "name", "proof"}) {
            // A proof of the whole is what may be added.
            if (&value == &document_ && std::string_view{key} == "proof") continue;
            Json changed = value;
            changed.set(key, "urn:more");
            with(value, changed);
        }
        for (std::size_t i = 0; i < value.size(); ++i) {
            Json changed = value;
            changed.as_object().erase(changed.as_object().begin() + static_cast<long>(i));
            with(value, changed);
            changed = value;
            changed.as_object()[i].key += "s";
            with(value, changed);
            visit(value.as_object()[i].value);
        }
    }

    Json document_;
    std::function<void(const Json&)> look_;
};

TEST(Commitment, ChangesWithEveryChangeThatIsNotRefused) {
    for (const Record& record : {diploma(), transcript(), equivalency(), apostille()}) {
        const CanonicalCredential credential = make(record);
        const wire::Terms terms = terms_of(record);
        const auto commitment = commit(credential, terms, secret());
        int refused = 0;
        int changed = 0;
        Mutations{parse(credential.text()),
                  [&](const Json& document) {
                      if (codec::to_jcs(document) == credential.text()) return;
                      const auto read = read_credential(document);
                      if (!read) {
                          ++refused;
                          return;
                      }
                      ++changed;
                      EXPECT_NE(commit(*read, terms, secret()), commitment)
                          << codec::to_jcs(document);
                  }}
            .all();
        EXPECT_GT(refused, 500);
        EXPECT_GT(changed, 80);
    }
}

TEST(Commitment, DoesNotChangeWithWhatJcsLevels) {
    const CanonicalCredential credential = make(transcript());
    Json document = parse(credential.text());
    const std::function<void(Json&)> turn = [&turn](Json& value) {
        if (value.is_array()) {
            for (Json& item : value.as_array()) turn(item);
        }
        if (!value.is_object()) return;
        for (codec::JsonMember& member : value.as_object()) turn(member.value);
        std::ranges::reverse(value.as_object());
    };
    turn(document);
    const auto read = read_credential(document);
    ASSERT_TRUE(read);
    EXPECT_EQ(commit(*read, terms_of(transcript()), secret()),
              commit(credential, terms_of(transcript()), secret()));
}

}  // namespace
}  // namespace tasdiq::certificate
