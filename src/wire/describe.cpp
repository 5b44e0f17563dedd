#include "wire/describe.hpp"

#include "base/time.hpp"
#include "crypto/multikey.hpp"

namespace tasdiq::wire {
namespace {

using codec::Json;

Json hex(ByteView bytes) { return to_hex(bytes); }

template <class T, class F>
Json optional(const std::optional<T>& value, F to_json) {
    return value ? Json{to_json(*value)} : Json{};
}

template <class List, class F>
Json list(const List& values, F to_json) {
    Json array = Json::array();
    for (const auto& value : values) array.push(Json{to_json(value)});
    return array;
}

Json of(LogIndex index) { return index.value; }
Json of(MemberId member) { return member.value; }
Json of(Day day) { return to_text(day); }
Json of(Instant instant) { return to_text(instant); }

Json of(const Signer& signer) {
    return Json::object().set("member", signer.member.value).set("ordinal", signer.ordinal.value);
}

Json of(const Name& name) {
    return Json::object()
        .set("from", to_text(name.from))
        .set("ar", name.ar)
        .set("en", name.en)
        .set("fr", name.fr);
}

Json of(const Titles& titles) {
    return Json::object().set("ar", titles.ar).set("en", titles.en).set("fr", titles.fr);
}

Json of(const IndexRange& range) {
    return Json::object().set("from", range.from.value).set("until", range.until.value);
}

Json of(const OutsideId& id) {
    return Json::object().set("scheme", id.scheme).set("value", id.value);
}

std::string multikey_of(crypto::Algorithm algorithm, ByteView raw) {
    const auto key = crypto::PublicKey::parse(algorithm, raw);
    return key ? crypto::to_multikey(*key) : to_hex(raw);
}

Json of(const NewKey& key) {
    return Json::object()
        .set("role", to_word(key.role))
        .set("algorithm", crypto::to_string(key.algorithm))
        .set("key", multikey_of(key.algorithm, key.public_key));
}

Json of(const Relation& relation) {
    return Json::object()
        .set("relation", to_word(relation.code))
        .set("target", relation.target.value);
}

Json of(const Seat& seat) {
    return Json::object()
        .set("institution", seat.institution.value)
        .set("cohort", seat.cohort)
        .set("leaf", seat.leaf);
}

Json of(const Awarding& awarding) {
    return Json::object()
        .set("institution", awarding.institution.value)
        .set("accreditation", optional(awarding.accreditation, [](std::uint32_t n) { return n; }));
}

template <class T>
Json words(const std::vector<T>& codes) {
    return list(codes, [](T code) { return to_word(code); });
}

Json of(const Scope& scope) {
    return Json::object()
        .set("act", to_word(scope.act))
        .set("legal", scope.legal)
        .set("types", words(scope.types))
        .set("levels", list(scope.levels, [](std::uint8_t level) { return level; }))
        .set("fields", list(scope.fields, to_field_text))
        .set("byProgramme", scope.by_programme)
        .set("modes", words(scope.modes))
        .set("sites",
             list(scope.sites,
                  [](const Site& site) {
                      return Json::object().set("site", site.site).set("country", site.country);
                  }))
        .set("from", to_text(scope.from))
        .set("to", optional(scope.to, [](Day day) { return of(day); }))
        .set("appliesTo", scope.applies == AppliesTo::kAward ? "award" : "intake")
        .set("quota", optional(scope.quota, [](std::uint64_t quota) { return quota; }))
        .set("registerQuota", scope.register_quota);
}

Json of(const Slot& slot) {
    const std::string who = slot.who == Who::kSelf     ? "self"
                            : slot.who == Who::kParent ? "parent"
                                                       : "authority";
    const std::string role = slot.role ? std::string{to_word(*slot.role)} : "officer";
    return role + "@" + who;
}

Json of(const Rule& rule) {
    return Json::object()
        .set("body", to_word(rule.body))
        .set("types", optional(rule.types, [](const auto& all) { return words(all); }))
        .set("relations", optional(rule.relations,
                                   [](const auto& all) {
                                       return list(all, [](const std::optional<RelationCode>& one) {
                                           return one ? to_word(*one) : std::string_view{"none"};
                                       });
                                   }))
        .set("captures", optional(rule.captures, [](const auto& all) { return words(all); }))
        .set("coolOffSeconds", rule.cool_off_s)
        .set("alternatives", list(rule.alternatives, [](const Alternative& alternative) {
                 return list(alternative, [](const Slot& slot) { return of(slot); });
             }));
}

/// Members that the bodies with names and keys have in common.
Json registration(const std::vector<Name>& names, const std::vector<OutsideId>& ids,
                  const std::vector<NewKey>& keys) {
    return Json::object()
        .set("names", list(names, [](const Name& name) { return of(name); }))
        .set("ids", list(ids, [](const OutsideId& id) { return of(id); }))
        .set("keys", list(keys, [](const NewKey& key) { return of(key); }));
}

struct DescribeBody {
    Json operator()(const RegisterAuthority& body) const {
        return registration(body.names, body.ids, body.keys)
            .set("state", body.state.value)
            .set("sector", body.sector);
    }
    Json operator()(const EndAuthority& body) const {
        return Json::object()
            .set("state", body.state.value)
            .set("authority", body.authority.value)
            .set("effective", to_text(body.effective));
    }
    Json operator()(const VoidKey& body) const {
        return Json::object()
            .set("by", body.by.value)
            .set("member", body.member.value)
            .set("ordinal", body.ordinal.value)
            .set("from", body.from.value);
    }
    Json operator()(const RegisterInstitution& body) const {
        return registration(body.names, body.ids, body.keys)
            .set("authority", body.authority.value)
            .set("kind", to_word(body.kind))
            .set("country", body.country)
            .set("parent", optional(body.parent, [](MemberId id) { return of(id); }));
    }
    Json operator()(const Accredit& body) const {
        return Json::object()
            .set("authority", body.authority.value)
            .set("institution", body.institution.value)
            .set("scope", of(body.scope))
            .set("programmes",
                 list(body.programmes, [](const ProgrammeEntry& one) { return describe(one); }));
    }
    Json operator()(const EndAccreditation& body) const {
        return Json::object()
            .set("authority", body.authority.value)
            .set("institution", body.institution.value)
            .set("number", body.number)
            .set("action", to_word(body.action))
            .set("by", body.by == AppliesTo::kAward ? "award" : "intake")
            .set("effective", to_text(body.effective));
    }
    Json operator()(const SetPolicy& body) const {
        return Json::object()
            .set("member", body.member.value)
            .set("rules", list(body.rules, [](const Rule& rule) { return of(rule); }));
    }
    Json operator()(const Issue& body) const {
        return Json::object()
            .set("terms", describe(body.terms))
            .set("count", body.count)
            .set("root", hex(body.root.view()));
    }
    Json operator()(const Status& body) const {
        return Json::object()
            .set("member", body.member.value)
            .set("state", to_word(body.state))
            .set("indices", list(body.indices, [](LogIndex index) { return of(index); }));
    }
    Json operator()(const AddKey& body) const {
        return Json::object().set("member", body.member.value).set("key", of(body.key));
    }
    Json operator()(const RetireKey& body) const {
        return Json::object().set("member", body.member.value).set("ordinal", body.ordinal.value);
    }
    Json operator()(const Reconstitute& body) const {
        return Json::object()
            .set("by", body.by.value)
            .set("member", body.member.value)
            .set("legal", body.legal)
            .set("retired", list(body.retired, [](Ordinal ordinal) { return ordinal.value; }))
            .set("keys", list(body.keys, [](const NewKey& key) { return of(key); }));
    }
    Json operator()(const Succession& body) const {
        return Json::object()
            .set("by", body.by.value)
            .set("member", body.member.value)
            .set("kind", to_word(body.kind))
            .set("others", list(body.others, [](MemberId id) { return of(id); }))
            .set("day", to_text(body.day))
            .set("legal", body.legal)
            .set("name", optional(body.name, [](const Titles& name) { return of(name); }));
    }
    Json operator()(const Custody& body) const {
        return Json::object()
            .set("authority", body.authority.value)
            .set("member", body.member.value)
            .set("custodian", optional(body.custodian, [](const Custodian& custodian) {
                     return Json::object()
                         .set("member", custodian.member.value)
                         .set("scope", to_word(custodian.scope));
                 }));
    }
    Json operator()(const Attest& body) const {
        return Json::object()
            .set("authority", body.authority.value)
            .set("indices", list(body.indices, [](LogIndex index) { return of(index); }));
    }
    Json operator()(const CommitCohort& body) const {
        return Json::object()
            .set("institution", body.institution.value)
            .set("kind", to_word(body.kind))
            .set("intake", to_text(body.intake))
            .set("count", body.count)
            .set("root", hex(body.root.view()));
    }
    Json operator()(const ReleaseSeats& body) const {
        return Json::object()
            .set("institution", body.institution.value)
            .set("seats", list(body.seats, [](const Seat& seat) { return of(seat); }));
    }
    Json operator()(const Cancel& body) const {
        return Json::object()
            .set("member", body.member.value)
            .set("transaction", hex(body.transaction.view()));
    }
    Json operator()(const Confirm& body) const {
        return Json::object()
            .set("member", body.member.value)
            .set("by", body.by.value)
            .set("ordinal", body.ordinal.value)
            .set("ranges", list(body.ranges, [](const IndexRange& range) { return of(range); }));
    }
    Json operator()(const DraftBody& body) const {
        return Json::object().set("cbor", hex(body.cbor));
    }
};

Json list_of_signers(const std::vector<Signer>& signers) {
    return list(signers, [](const Signer& signer) { return of(signer); });
}

/// A status slot without its history, or one change of that.
Json of_change(const StatusChange& change) {
    return Json::object()
        .set("state", to_word(change.state))
        .set("index", change.index.value)
        .set("effective", optional(change.effective, [](Instant time) { return of(time); }))
        .set("by", optional(change.by, [](LogIndex index) { return of(index); }))
        .set("signers", list_of_signers(change.signers));
}

Json of_change(const EndChange& change) {
    return Json::object()
        .set("action", to_word(change.action))
        .set("by", change.by == AppliesTo::kAward ? "award" : "intake")
        .set("effective", to_text(change.effective))
        .set("index", change.index.value);
}

/// The last change, those before it inside.
template <class Change>
Json with_earlier(const History<Change>& history) {
    Json json = of_change(history);
    if (history.earlier.empty()) return json;
    return json.set("earlier",
                    list(history.earlier, [](const Change& change) { return of_change(change); }));
}

struct DescribeEntry {
    Json operator()(const Genesis& entry) const {
        return Json::object()
            .set("kind", "genesis")
            .set("ledger", entry.ledger == LedgerKind::kTest ? "test" : "production")
            .set("originPrefix", entry.origin_prefix)
            .set("created", to_text(entry.created))
            .set("states", list(entry.states,
                                [](const GenesisState& state) {
                                    return registration(state.names, {}, state.keys)
                                        .set("country", state.country);
                                }))
            .set("secretariat", registration(entry.secretariat_names, {}, entry.secretariat_keys));
    }
    Json operator()(const TransactionEntry& entry) const {
        Json json = Json::object().set("kind", "transaction");
        const auto envelope = decode_envelope(entry.envelope);
        if (!envelope) return json.set("malformed", true);
        return json.set("transaction", hex(transaction_id(envelope->payload_bytes).view()))
            .set("payload", describe(envelope->payload));
    }
    Json operator()(const CertificateEntry& entry) const {
        return Json::object()
            .set("kind", "certificate")
            .set("time", to_text(entry.time))
            .set("effective", optional(entry.effective, [](Instant time) { return of(time); }))
            .set("terms", describe(entry.terms))
            .set("signers", list_of_signers(entry.signers))
            .set("commitment", hex(entry.commitment.view()))
            .set("relation", optional(entry.relation, [](const Relation& one) { return of(one); }))
            .set("award", optional(entry.award, [](LogIndex index) { return of(index); }))
            .set("seat", optional(entry.seat, [](const Seat& seat) { return of(seat); }));
    }
    Json operator()(const BlockEntry& entry) const {
        return Json::object()
            .set("kind", "block")
            .set("height", entry.height)
            .set("time", to_text(entry.time))
            .set("first", entry.first.value)
            .set("mapRoot", hex(entry.map_root.view()))
            .set("set", hex(entry.set.view()))
            .set("nextSet", hex(entry.next_set.view()));
    }
    Json operator()(const DraftEntry& entry) const {
        return Json::object().set("kind", entry.kind == 4 ? "handover" : "engine-event");
    }
};

}  // namespace

Json describe(const Entry& entry) { return std::visit(DescribeEntry{}, entry); }

Json describe(const Payload& payload) {
    return Json::object()
        .set("chain", hex(payload.chain.view()))
        .set("nonce", hex(payload.nonce.view()))
        .set("expires", to_text(payload.expires))
        .set("signers", list_of_signers(payload.signers))
        .set("body", to_word(code_of(payload.body)))
        .set("content", std::visit(DescribeBody{}, payload.body));
}

Json describe(const Terms& terms) {
    return Json::object()
        .set("awarding", list(terms.awarding, [](const Awarding& one) { return of(one); }))
        .set("type", to_word(terms.type))
        .set("level", terms.level)
        .set("field", to_field_text(terms.field))
        .set("programme", optional(terms.programme, [](const std::string& code) { return code; }))
        .set("awardedOn", to_text(terms.awarded_on))
        .set("intake", optional(terms.intake, [](Day day) { return of(day); }))
        .set("mode", to_word(terms.mode))
        .set("site", terms.site)
        .set("capture", to_word(terms.capture));
}

Json describe(const MemberRecord& record) {
    return Json::object()
        .set("kind", to_word(record.kind))
        .set("country", record.country)
        .set("names", list(record.names, [](const Name& name) { return of(name); }))
        .set("ids", list(record.ids, [](const OutsideId& id) { return of(id); }))
        .set("parent", optional(record.parent, [](MemberId id) { return of(id); }))
        .set("authority", optional(record.authority, [](MemberId id) { return of(id); }))
        .set("sector", record.sector)
        .set("ended", optional(record.ended, [](Day day) { return of(day); }))
        .set("voids", list(record.voids,
                           [](const Void& one) {
                               return Json::object()
                                   .set("ordinal", one.ordinal.value)
                                   .set("from", one.from.value)
                                   .set("confirmed",
                                        list(one.confirmed,
                                             [](const Confirmation& confirmation) {
                                                 return of(confirmation.range)
                                                     .set("index", confirmation.index.value)
                                                     .set("signers",
                                                          list_of_signers(confirmation.signers));
                                             }))
                                   .set("index", one.index.value);
                           }))
        .set("succession", list(record.succession,
                                [](const SuccessionItem& one) {
                                    return Json::object()
                                        .set("kind", to_word(one.kind))
                                        .set("others",
                                             list(one.others, [](MemberId id) { return of(id); }))
                                        .set("day", to_text(one.day))
                                        .set("legal", one.legal)
                                        .set("index", one.index.value);
                                }))
        .set("custody", optional(record.custody,
                                 [](const CustodyItem& one) {
                                     return Json::object()
                                         .set("custodian", one.custodian.value)
                                         .set("scope", to_word(one.scope))
                                         .set("index", one.index.value);
                                 }))
        .set("index", record.index.value)
        .set("signers", list_of_signers(record.signers));
}

Json describe(const KeyRecord& record) {
    return Json::object()
        .set("role", to_word(record.role))
        .set("algorithm", crypto::to_string(record.algorithm))
        .set("key", multikey_of(record.algorithm, record.public_key))
        .set("from", record.from.value)
        .set("until", optional(record.until, [](LogIndex index) { return of(index); }))
        .set("index", record.index.value)
        .set("signers", list_of_signers(record.signers));
}

Json describe(const AccreditationRecord& record) {
    return Json::object()
        .set("authority", record.authority.value)
        .set("scope", of(record.scope))
        .set("ended",
             optional(record.ended, [](const AccreditationEnd& end) { return with_earlier(end); }))
        .set("index", record.index.value)
        .set("signers", list_of_signers(record.signers));
}

Json describe(const ProgrammeEntry& programme) {
    return Json::object()
        .set("code", programme.code)
        .set("field", to_field_text(programme.field))
        .set("ar", programme.titles.ar)
        .set("en", programme.titles.en)
        .set("fr", programme.titles.fr);
}

Json describe(const StatusSlot& slot) { return with_earlier(slot); }

Json describe(const CohortRecord& record) {
    return Json::object()
        .set("kind", to_word(record.kind))
        .set("intake", to_text(record.intake))
        .set("count", record.count)
        .set("root", hex(record.root.view()))
        .set("time", to_text(record.time))
        .set("index", record.index.value)
        .set("signers", list_of_signers(record.signers));
}

Json describe(const AttestationRecord& record) {
    return Json::object()
        .set("authority", record.authority.value)
        .set("time", to_text(record.time))
        .set("index", record.index.value)
        .set("signers", list_of_signers(record.signers));
}

}  // namespace tasdiq::wire
