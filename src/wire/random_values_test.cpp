#include "wire/random_values.hpp"

#include "codec/cbor.hpp"

namespace tasdiq::wire {

std::string Random::text(std::size_t size_max) {
    static const std::vector<std::string> kTexts{
        "a",
        "جامعة تونس المنار",
        "جامعة القاهرة",
        "Université d'Alger 1 – Benyoucef Benkhedda",
        "University of Benghazi",
        "École nationale d'ingénieurs de Sfax",
        "قانون عدد 19 لسنة 2008 مؤرخ في 25 فيفري 2008",
        std::string(160, 'x'),
    };
    std::string text = kTexts[engine_() % kTexts.size()];
    if (text.size() > size_max) text = std::string(number<std::size_t>(1, size_max), 'y');
    return text;
}

std::string Random::programme() {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
    std::string code(number<std::size_t>(1, 16), ' ');
    for (char& c : code) c = kAlphabet[engine_() % kAlphabet.size()];
    return code;
}

std::vector<Name> Random::names() {
    return ascending(1, 16, [&] { return Name{day(), text(), text(), text()}; }, &Name::from);
}

std::vector<OutsideId> Random::ids() {
    const auto less = [](const OutsideId& id) { return id.scheme + '/' + id.value; };
    return ascending(0, 4, [&] { return OutsideId{text(32), text(64)}; }, less);
}

crypto::Ed25519PublicKey Random::node_key() {
    for (;;) {
        if (const auto key = crypto::Ed25519PublicKey::parse(bytes(32))) return *key;
    }
}

NewKey Random::new_key() {
    const crypto::Algorithm chosen = algorithm();
    return {code<Role>(1, 10), chosen, public_key(chosen), bytes(64)};
}

Terms Random::terms() {
    Terms value{};
    value.awarding = ascending(
        1, 8, [&] { return Awarding{member(), maybe([&] { return number(1U, 0xFFFFFFFFU); })}; },
        &Awarding::institution);
    // The one that issues need not be the smallest.
    std::rotate(value.awarding.begin(), value.awarding.end() - 1, value.awarding.end());
    value.type = code<CertificateType>(1, 12);
    value.level = number<std::uint8_t>(0, 8);
    value.field = field();
    value.programme = maybe([&] { return programme(); });
    value.awarded_on = day();
    value.intake = maybe([&] { return day(); });
    value.mode = code<Mode>(1, 4);
    value.site = number<std::uint8_t>(0, 255);
    value.capture = code<Capture>(1, 4);
    return value;
}

Scope Random::scope() {
    Scope value{};
    value.act = code<Act>(1, 4);
    value.legal = text();
    value.types = ascending(1, 12, [&] { return code<CertificateType>(1, 12); });
    value.levels = ascending(1, 9, [&] { return number<std::uint8_t>(0, 8); });
    value.fields = ascending(1, 64, [&] { return field(); });
    value.by_programme = coin();
    value.modes = ascending(1, 4, [&] { return code<Mode>(1, 4); });
    value.sites =
        ascending(1, 8, [&] { return Site{number<std::uint8_t>(0, 255), country()}; }, &Site::site);
    value.from = day();
    value.to = maybe([&] { return day(); });
    value.applies = code<AppliesTo>(0, 1);
    value.quota = maybe([&] { return number<std::uint64_t>(0, kLogIndexMax); });
    value.register_quota = number<std::uint64_t>(0, kLogIndexMax);
    return value;
}

std::vector<ProgrammeEntry> Random::programmes() {
    return ascending(
        0, 12, [&] { return ProgrammeEntry{programme(), field(), titles()}; },
        &ProgrammeEntry::code);
}

Rule Random::rule() {
    constexpr std::array kCodes{BodyCode::kIssue, BodyCode::kStatus, BodyCode::kVote,
                                BodyCode::kRegisterAuthority, BodyCode::kAttest};
    Rule value{};
    value.body = kCodes[engine_() % kCodes.size()];
    value.types =
        maybe([&] { return ascending(0, 12, [&] { return code<CertificateType>(1, 12); }); });
    value.relations = maybe([&] {
        return ascending(0, 7, [&] { return maybe([&] { return code<RelationCode>(1, 6); }); });
    });
    value.captures = maybe([&] { return ascending(0, 4, [&] { return code<Capture>(1, 4); }); });
    value.cool_off_s = number(0U, 0xFFFFFFFFU);
    const auto slot = [&] {
        return Slot{code<Who>(0, 2), maybe([&] { return code<Role>(1, 5); })};
    };
    value.alternatives = list(1, 8, [&] { return list(1, 8, slot); });
    return value;
}

std::vector<Rule> Random::rules() {
    return list(0, 16, [&] { return rule(); });
}

StateSet Random::set() {
    StateSet value;
    const std::size_t count = number<std::size_t>(1, 22);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string country{static_cast<char>('A' + i), static_cast<char>('Z' - i)};
        const auto id = static_cast<std::uint32_t>(10 * i + number<std::size_t>(1, 9));
        value.push_back({MemberId{id}, country, node_key()});
    }
    return value;
}

Body Random::body(std::size_t which) {
    switch (which) {
        case 0: return RegisterAuthority{member(), names(), number(0U, 5U), ids(), new_keys()};
        case 1: return EndAuthority{member(), member(), day()};
        case 2: return VoidKey{member(), member(), ordinal(), index()};
        case 3:
            return RegisterInstitution{
                member(), code<MemberKind>(1, 9),          names(),   country(),
                ids(),    maybe([&] { return member(); }), new_keys()};
        case 4: {
            Accredit body{member(), member(), scope(), programmes()};
            if (!body.scope.by_programme) body.programmes.clear();
            return body;
        }
        case 5:
            return EndAccreditation{member(),
                                    member(),
                                    number(1U, 0xFFFFFFFFU),
                                    code<EndAction>(1, 3),
                                    code<AppliesTo>(0, 1),
                                    day()};
        case 6: return SetPolicy{member(), rules()};
        case 7: return Issue{terms(), number<std::uint32_t>(1, kListCountMax), tagged<ListRoot>()};
        case 8:
            return Status{member(), code<StatusState>(1, 7),
                          ascending(1, kIndicesCountMax, [&] { return index(); })};
        case 9: return AddKey{member(), new_key()};
        case 10: return RetireKey{member(), ordinal()};
        default: return later_body(which);
    }
}

Body Random::later_body(std::size_t which) {
    switch (which) {
        case 11:
            return Reconstitute{member(), member(), text(),
                                ascending(0, 64, [&] { return ordinal(); }), new_keys()};
        case 12: {
            const auto kind = code<SuccessionKind>(1, 7);
            Succession body{member(), member(), kind, {}, day(), text(), std::nullopt};
            if (kind == SuccessionKind::kRenamed) body.name = titles();
            if (kind == SuccessionKind::kAbsorbed || kind == SuccessionKind::kMerged ||
                kind == SuccessionKind::kMoved) {
                body.others = {member()};
            }
            if (kind == SuccessionKind::kSplit) {
                body.others = ascending(1, 16, [&] { return member(); });
            }
            return body;
        }
        case 13:
            return Custody{member(), member(),
                           maybe([&] { return Custodian{member(), code<CustodyScope>(1, 2)}; })};
        case 14: return Attest{member(), ascending(1, 60, [&] { return index(); })};
        case 15:
            return CommitCohort{member(), code<CohortKind>(1, 3), day(),
                                number<std::uint64_t>(1, kSeatCountMax), tagged<CohortRoot>()};
        case 16: return ReleaseSeats{member(), ascending(1, 60, [&] { return seat(); })};
        case 17: return Cancel{member(), tagged<TransactionId>()};
        case 18: return Confirm{member(), member(), ordinal(), {{{5}, {6}}, {{8}, {1000}}}};
        default: {
            codec::CborWriter writer;
            writer.array(4).uint(51).uint(member().value).uint(7).boolean(coin());
            return DraftBody{BodyCode::kVote, writer.take()};
        }
    }
}

Genesis Random::genesis() {
    Genesis value{};
    value.ledger = code<LedgerKind>(0, 1);
    value.origin_prefix = "ledger.example:8480/arab-world";
    value.created = instant();
    const auto key = [&](Role role) {
        NewKey made = new_key();
        made.role = role;
        return made;
    };
    for (const SetMember& member : set()) {
        std::vector<NewKey> keys{key(Role::kVote), key(Role::kVote), key(Role::kNode)};
        keys[2].algorithm = crypto::Algorithm::kEd25519;
        keys[2].public_key = to_bytes(member.node_key.view());
        value.states.push_back({member.country, names(), std::move(keys)});
    }
    value.secretariat_names = names();
    value.secretariat_keys = {key(Role::kSecretariat), key(Role::kPublisher)};
    return value;
}

CertificateEntry Random::certificate() {
    return {instant(),
            maybe([&] { return instant(); }),
            terms(),
            signers(),
            tagged<Commitment>(),
            maybe([&] { return relation(); }),
            maybe([&] { return index(); }),
            maybe([&] { return seat(); })};
}

BlockEntry Random::block() {
    return {number<std::uint64_t>(0, kLogIndexMax),
            instant(),
            index(),
            tagged<merkle::MapRoot>(),
            tagged<SetHash>(),
            tagged<SetHash>()};
}

StatusSlot Random::status_slot() {
    return {{code<StatusState>(1, 7), index(), signers(), maybe([&] { return instant(); }),
             maybe([&] { return index(); })},
            list(0, 3, [&] {
                return StatusChange{code<StatusState>(1, 7), index(), signers(0, 2),
                                    maybe([&] { return instant(); }),
                                    maybe([&] { return index(); })};
            })};
}

MemberRecord Random::member_record() {
    MemberRecord value{};
    value.index = index();
    value.signers = signers();
    value.kind = code<MemberKind>(1, 9);
    value.parent = maybe([&] { return member(); });
    value.authority = maybe([&] { return member(); });
    value.country = country();
    value.names = names();
    value.ids = ids();
    value.sector = number(0U, 5U);
    value.ended = maybe([&] { return day(); });
    value.voids = list(0, 3, [&] {
        return Void{ordinal(),
                    index(),
                    {{{{5}, {6}}, index(), signers(0, 3)}, {{{8}, {1000}}, index(), signers(0, 3)}},
                    index(),
                    signers(0, 3)};
    });
    value.succession = list(0, 3, [&] {
        return SuccessionItem{code<SuccessionKind>(1, 8),
                              list(0, 3, [&] { return member(); }),
                              day(),
                              text(),
                              index(),
                              signers(0, 3)};
    });
    value.custody = maybe(
        [&] { return CustodyItem{member(), code<CustodyScope>(1, 2), index(), signers(0, 3)}; });
    return value;
}

}  // namespace tasdiq::wire
