#include "wire/refusals.hpp"

namespace tasdiq::wire {
namespace {

using namespace refusals;

TEST(Payload, RefusesItsHead) {
    const Body body = RetireKey{MemberId{9}, Ordinal{1}};
    const CborTree signer{List{9, 0}};
    expect_body_refused(
        body, {{"no array", {}, "x", WireError::kShape, "payload"},
               {"nothing in it", {}, List{}, WireError::kShape, "payload"},
               {"other version", {0}, 2, WireError::kVersion, "version"},
               {"other version, other count", {}, List{2}, WireError::kVersion, "version"},
               {"version is a text", {0}, "1", WireError::kShape, "version"},
               {"other count", {}, List{1, 2}, WireError::kShape, "payload"},
               {"short chain id", {1}, Bytes(15), WireError::kShape, "chain-id"},
               {"long nonce", {2}, Bytes(17), WireError::kShape, "nonce"},
               {"late", {3}, kInstantMax.seconds + 1, WireError::kOutOfRange, "expires"},
               {"early", {3}, kInstantMin.seconds - 1, WireError::kOutOfRange, "expires"},
               {"nobody signs", {4}, List{}, WireError::kOutOfRange, "signers"},
               {"too many sign", {4}, List(33, signer), WireError::kOutOfRange, "signers"},
               {"one signs twice", {4}, List(2, signer), WireError::kOrder, "signers"},
               {"signers fall", {4}, List{List{9, 1}, List{9, 0}}, WireError::kOrder, "signers"},
               {"member 0", {4, 0, 0}, 0, WireError::kOutOfRange, "member-id"},
               {"member 2^32", {4, 0, 0}, kTwoTo32, WireError::kOutOfRange, "member-id"},
               {"ordinal 2^16", {4, 1, 1}, 65'536, WireError::kOutOfRange, "ordinal"},
               {"body is no array", {5}, 41, WireError::kShape, "body"},
               {"body is empty", {5}, List{}, WireError::kShape, "body"},
               {"unknown body", {5, 0}, 44, WireError::kUnknownCode, "body-code"},
               {"unknown large body", {5, 0}, 300, WireError::kUnknownCode, "body-code"},
               {"negative body", {5, 0}, -1, WireError::kUnknownCode, "body-code"},
               {"body too long", {5}, List{41, 9, 1, 1}, WireError::kShape, "retire-key"}});
}

TEST(Payload, RefusesCborThatIsNotOurs) {
    const Bytes good = encode(payload_of(RetireKey{MemberId{9}, Ordinal{1}}));
    Bytes trailing = good;
    trailing.push_back(0);
    EXPECT_EQ(decode_payload(trailing).error(), (WireFault{WireError::kNotCanonical, "payload"}));
    Bytes cut{good.begin(), good.end() - 1};
    EXPECT_EQ(decode_payload(cut).error().error, WireError::kNotCanonical);
    Bytes longer = good;  // the ordinal in two bytes, the first of them not needed
    longer.back() = 0x18;
    longer.push_back(0x01);
    EXPECT_EQ(decode_payload(longer).error(), (WireFault{WireError::kNotCanonical, "ordinal"}));
    Bytes indefinite = good;
    indefinite[0] = 0x9F;
    EXPECT_EQ(decode_payload(indefinite).error().error, WireError::kNotCanonical);
}

TEST(Payload, RefusesTextsThatTheyAreNot) {
    const Body body = RegisterAuthority{MemberId{1},
                                        kNames,
                                        1,
                                        {{"ror", "057q4rt57"}},
                                        {key_of(Role::kAuthority, 1), key_of(Role::kAuthority, 2)}};
    const auto name = [](const char* why, CborTree text, WireError error) {
        return Refused{why, {5, 2, 0, 2}, std::move(text), error, "en"};
    };
    expect_body_refused(body, {
                                  name("number", 1, WireError::kShape),
                                  name("empty", "", WireError::kOutOfRange),
                                  name("161 bytes", kTooLong, WireError::kOutOfRange),
                                  name("space in front", " a", WireError::kText),
                                  name("space behind", "a ", WireError::kText),
                                  name("wide space", "a\u3000", WireError::kText),
                                  name("newline", "a\nb", WireError::kText),
                                  name("delete", "a\x7F", WireError::kText),
                                  name("C1 control", "a\u0085b", WireError::kText),
                                  name("line separator", "a\u2028b", WireError::kText),
                                  name("turned around", "a\u202E\u062C", WireError::kText),
                                  name("isolate", "a\u2066b", WireError::kText),
                              });
    Bytes bytes = encode(payload_of(body));
    const auto at =
        std::search(bytes.begin(), bytes.end(), kNames[0].en.begin(), kNames[0].en.end());
    *at = 0xFF;
    EXPECT_EQ(decode_payload(bytes).error(), (WireFault{WireError::kText, "en"}));
}

TEST(Payload, TakesTextsThatOnlyLookStrange) {
    for (const char* text : {"\u0645\u06CC\u200C\u0634\u0648\u062F", "a  b", "\u200Fx\u200F",
                             "Sa\u0302da", "\U0001F393"}) {
        const Body body =
            RegisterAuthority{MemberId{1},
                              {{Day{0}, text, text, text}},
                              0,
                              {},
                              {key_of(Role::kAuthority, 1), key_of(Role::kAuthority, 2)}};
        EXPECT_TRUE(decode_payload(encode(payload_of(body)))) << text;
    }
}

TEST(RegisterAuthority, RefusesWhatIsNotSo) {
    const Body body = RegisterAuthority{MemberId{1},
                                        kNames,
                                        1,
                                        {{"ror", "057q4rt57"}, {"isni", "0001"}},
                                        {key_of(Role::kAuthority, 1), key_of(Role::kAuthority, 2)}};
    const CborTree id{List{"a", "b"}};
    const CborTree key{List{4, -8, Bytes(32), Bytes(64)}};
    expect_body_refused(
        body,
        {{"state 0", {5, 1}, 0, WireError::kOutOfRange, "state"},
         {"no name", {5, 2}, List{}, WireError::kOutOfRange, "names"},
         {"names of one day", {5, 2, 1, 0}, 0, WireError::kOrder, "names"},
         {"names fall", {5, 2, 0, 0}, 9'001, WireError::kOrder, "names"},
         {"day too late", {5, 2, 1, 0}, kDayMax.days + 1, WireError::kOutOfRange, "from"},
         {"day too early", {5, 2, 0, 0}, kDayMin.days - 1, WireError::kOutOfRange, "from"},
         {"short name", {5, 2, 0}, List{0, "x", "y"}, WireError::kShape, "name"},
         {"unknown sector", {5, 3}, 6, WireError::kUnknownCode, "sector"},
         {"17 ids", {5, 4}, List(17, id), WireError::kOutOfRange, "outside-ids"},
         {"an id twice", {5, 4}, List(2, id), WireError::kOrder, "outside-ids"},
         {"long scheme", {5, 4, 0, 0}, std::string(33, 'x'), WireError::kOutOfRange, "scheme"},
         {"long value", {5, 4, 0, 1}, std::string(65, 'x'), WireError::kOutOfRange, "value"},
         {"one key", {5, 5}, List(1, key), WireError::kOutOfRange, "new-keys"},
         {"nine keys", {5, 5}, List(9, key), WireError::kOutOfRange, "new-keys"},
         {"a key twice", {5, 5}, List(2, key), WireError::kOrder, "new-keys"}});
}

TEST(AddKey, RefusesWhatIsNotSo) {
    expect_body_refused(
        AddKey{MemberId{9}, key_of(Role::kDean, 1)},
        {{"role 0", {5, 2, 0}, 0, WireError::kUnknownCode, "role"},
         {"role 11", {5, 2, 0}, 11, WireError::kUnknownCode, "role"},
         {"ES384", {5, 2, 1}, -35, WireError::kAlgorithm, "algorithm"},
         {"algorithm 0", {5, 2, 1}, 0, WireError::kAlgorithm, "algorithm"},
         {"P-256 key", {5, 2, 2}, Bytes(33), WireError::kAlgorithm, "public-key"},
         {"ES256 with an Ed25519 key", {5, 2, 1}, -7, WireError::kAlgorithm, "public-key"},
         {"short possession", {5, 2, 3}, Bytes(63), WireError::kAlgorithm, "possession"},
         {"three parts", {5, 2}, List{2, -8, Bytes(32)}, WireError::kShape, "new-key"}});
}

TEST(RegisterInstitution, RefusesWhatIsNotSo) {
    expect_body_refused(RegisterInstitution{MemberId{5},
                                            MemberKind::kUniversity,
                                            kNames,
                                            "TN",
                                            {},
                                            std::nullopt,
                                            {key_of(Role::kDean, 1), key_of(Role::kPresident, 2)}},
                        {{"authority 0", {5, 1}, 0, WireError::kOutOfRange, "authority"},
                         {"kind 10", {5, 2}, 10, WireError::kUnknownCode, "member-kind"},
                         {"kind 0", {5, 2}, 0, WireError::kUnknownCode, "member-kind"},
                         {"small country", {5, 4}, "tn", WireError::kText, "country"},
                         {"long country", {5, 4}, "TUN", WireError::kOutOfRange, "country"},
                         {"parent 0", {5, 6}, 0, WireError::kOutOfRange, "parent"}});
}

TEST(Accredit, RefusesWhatIsNotSo) {
    const Titles titles{"إعلامية", "Computer science", "Informatique"};
    const Body body =
        Accredit{MemberId{5}, MemberId{9}, kScope, {{"A", 613, titles}, {"B", 613, titles}}};
    const std::initializer_list<std::size_t> scope{5, 3};
    const auto in_scope = [&](std::vector<std::size_t> path) {
        path.insert(path.begin(), scope);
        return path;
    };
    expect_body_refused(
        body,
        {{"act 5", in_scope({0}), 5, WireError::kUnknownCode, "act"},
         {"no legal reference", in_scope({1}), "", WireError::kOutOfRange, "legal"},
         {"no type", in_scope({2}), List{}, WireError::kOutOfRange, "types"},
         {"type 13", in_scope({2, 1}), 13, WireError::kUnknownCode, "type"},
         {"types fall", in_scope({2}), List{3, 1}, WireError::kOrder, "types"},
         {"a type twice", in_scope({2}), List{1, 1}, WireError::kOrder, "types"},
         {"level 9", in_scope({3, 1}), 9, WireError::kUnknownCode, "level"},
         {"levels fall", in_scope({3}), List{7, 6}, WireError::kOrder, "levels"},
         {"field 10000", in_scope({4, 1}), 10'000, WireError::kOutOfRange, "field"},
         {"fields fall", in_scope({4}), List{613, 611}, WireError::kOrder, "fields"},
         {"65 fields", in_scope({4}), List(65, CborTree{1}), WireError::kOutOfRange, "fields"},
         {"by programme: 1", in_scope({5}), 1, WireError::kShape, "by-programme"},
         {"mode 5", in_scope({6, 0}), 5, WireError::kUnknownCode, "mode"},
         {"modes fall", in_scope({6}), List{3, 1}, WireError::kOrder, "modes"},
         {"site 256", in_scope({7, 0, 0}), 256, WireError::kOutOfRange, "site"},
         {"a site twice", in_scope({7, 0, 0}), 2, WireError::kOrder, "sites"},
         {"no site", in_scope({7}), List{}, WireError::kOutOfRange, "sites"},
         {"from", in_scope({8}), kDayMax.days + 1, WireError::kOutOfRange, "from"},
         {"to", in_scope({9}), kDayMax.days + 1, WireError::kOutOfRange, "to"},
         {"applies to 2", in_scope({10}), 2, WireError::kUnknownCode, "applies"},
         {"quota 2^53", in_scope({11}), kTwoTo53, WireError::kOutOfRange, "quota"},
         {"quota −1", in_scope({11}), -1, WireError::kOutOfRange, "quota"},
         {"no register quota", in_scope({12}), {}, WireError::kShape, "register-quota"},
         {"programmes fall", {5, 4, 0, 0}, "C", WireError::kOrder, "programmes"},
         {"a programme twice", {5, 4, 0, 0}, "B", WireError::kOrder, "programmes"},
         {"small programme", {5, 4, 0, 0}, "a", WireError::kText, "programme"},
         {"long programme",
          {5, 4, 0, 0},
          std::string(17, 'A'),
          WireError::kOutOfRange,
          "programme"},
         {"short titles", {5, 4, 0, 2}, List{"x", "y"}, WireError::kShape, "titles"},
         {"programmes of none", in_scope({5}), {}, WireError::kShape, "by-programme"}});
    Body none = body;
    std::get<Accredit>(none).programmes.clear();
    CborTree tree = CborTree::parse(encode(payload_of(body)));
    tree.at({5, 3, 5}).value = false;
    EXPECT_EQ(decode_payload(tree.encode()).error(),
              (WireFault{WireError::kMismatch, "programmes"}));
    EXPECT_TRUE(decode_payload(encode(payload_of(none))));
}

TEST(Accredit, LargestScopeIsBelow512Bytes) {
    Scope scope = kScope;
    scope.legal = std::string(160, 'x');
    scope.types.clear();
    for (int type = 1; type <= 12; ++type) {
        scope.types.push_back(static_cast<CertificateType>(type));
    }
    scope.levels = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    scope.fields.clear();
    for (std::uint16_t field = 9'936; field <= 9'999; ++field) scope.fields.push_back(field);
    scope.modes = {Mode::kOnSite, Mode::kDistance, Mode::kBlended, Mode::kWorkBased};
    scope.sites.clear();
    for (std::uint8_t site = 248; site != 0; ++site) scope.sites.push_back({site, "TN"});
    scope.from = kDayMax;
    scope.to = kDayMax;
    scope.quota = kLogIndexMax;
    scope.register_quota = kLogIndexMax;
    const auto size_with = [](const Scope& one) {
        return encode(payload_of(Accredit{MemberId{5}, MemberId{9}, one, {}})).size();
    };
    CborTree empty =
        CborTree::parse(encode(payload_of(Accredit{MemberId{5}, MemberId{9}, scope, {}})));
    empty.at({5, 3}) = CborTree{};
    const std::size_t size = size_with(scope) - empty.encode().size() + 1;
    EXPECT_EQ(size, 465U);
    EXPECT_LE(size, 512U);
}

TEST(SmallBodies, RefuseWhatIsNotSo) {
    expect_body_refused(EndAuthority{MemberId{1}, MemberId{5}, Day{0}},
                        {{"authority", {5, 2}, 0, WireError::kOutOfRange, "authority"},
                         {"effective", {5, 3}, {}, WireError::kShape, "effective"}});
    expect_body_refused(VoidKey{MemberId{1}, MemberId{5}, Ordinal{2}, LogIndex{7}},
                        {{"by", {5, 1}, 0, WireError::kOutOfRange, "by"},
                         {"member", {5, 2}, 0, WireError::kOutOfRange, "member"},
                         {"ordinal", {5, 3}, -1, WireError::kOutOfRange, "ordinal"},
                         {"from", {5, 4}, kTwoTo53, WireError::kOutOfRange, "from"}});
    expect_body_refused(EndAccreditation{MemberId{5}, MemberId{9}, 1, EndAction::kSuspend,
                                         AppliesTo::kIntake, Day{0}},
                        {{"institution", {5, 2}, 0, WireError::kOutOfRange, "institution"},
                         {"number 0", {5, 3}, 0, WireError::kOutOfRange, "number"},
                         {"action 4", {5, 4}, 4, WireError::kUnknownCode, "action"},
                         {"by 2", {5, 5}, 2, WireError::kUnknownCode, "by"}});
    expect_body_refused(
        Status{MemberId{9}, StatusState::kRevoked, {LogIndex{3}, LogIndex{4}}},
        {{"state 8", {5, 2}, 8, WireError::kUnknownCode, "status-state"},
         {"none", {5, 3}, List{}, WireError::kOutOfRange, "indices"},
         {"4,097", {5, 3}, List(4'097, CborTree{0}), WireError::kOutOfRange, "indices"},
         {"one twice", {5, 3}, List{3, 3}, WireError::kOrder, "indices"},
         {"they fall", {5, 3}, List{4, 3}, WireError::kOrder, "indices"},
         {"index 2^53", {5, 3, 1}, kTwoTo53, WireError::kOutOfRange, "index"}});
    expect_body_refused(DraftBody{BodyCode::kVote, CborTree{List{51, 5, 1, true}}.encode()},
                        {{"another draft is fine, unknown is not",
                          {5, 0},
                          27,
                          WireError::kUnknownCode,
                          "body-code"}});
}

TEST(LaterBodies, RefuseWhatIsNotSo) {
    const Reconstitute reconstitute{MemberId{5},
                                    MemberId{9},
                                    "decree",
                                    {{0}, {3}},
                                    {key_of(Role::kDean, 1), key_of(Role::kRegistrar, 2)}};
    expect_body_refused(
        reconstitute,
        {{"by", {5, 1}, 0, WireError::kOutOfRange, "by"},
         {"member", {5, 2}, 0, WireError::kOutOfRange, "member"},
         {"no law", {5, 3}, "", WireError::kOutOfRange, "legal"},
         {"a key twice", {5, 4}, List{3, 3}, WireError::kOrder, "retired"},
         {"65 keys", {5, 4}, List(65, CborTree{0}), WireError::kOutOfRange, "retired"},
         {"no new keys", {5, 5}, List{}, WireError::kOutOfRange, "new-keys"}});
    const Succession renamed{MemberId{5}, MemberId{9}, SuccessionKind::kRenamed, {},
                             Day{9},      "decree",    Titles{"a", "b", "c"}};
    expect_body_refused(
        renamed, {{"kind 8 is no body's", {5, 3}, 8, WireError::kUnknownCode, "succession-kind"},
                  {"renamed into another", {5, 4}, List{7}, WireError::kOutOfRange, "others"},
                  {"closed, with a name", {5, 3}, 5, WireError::kMismatch, "name"},
                  {"renamed, without", {5, 7}, {}, WireError::kMismatch, "name"},
                  {"day", {5, 5}, {}, WireError::kShape, "day"},
                  {"law", {5, 6}, " x", WireError::kText, "legal"}});
    const Succession split{
        MemberId{5}, MemberId{9}, SuccessionKind::kSplit, {MemberId{11}, MemberId{12}}, Day{9},
        "decree",    std::nullopt};
    expect_body_refused(split, {{"into nothing", {5, 4}, List{}, WireError::kOutOfRange, "others"},
                                {"they fall", {5, 4}, List{12, 11}, WireError::kOrder, "others"},
                                {"nobody", {5, 4, 0}, 0, WireError::kOutOfRange, "other"},
                                {"merged into two", {5, 3}, 3, WireError::kOutOfRange, "others"}});
    expect_body_refused(
        Custody{MemberId{5}, MemberId{9}, Custodian{MemberId{7}, CustodyScope::kArchives}},
        {{"custodian", {5, 3}, List{7}, WireError::kShape, "custodian"},
         {"nobody", {5, 3, 0}, 0, WireError::kOutOfRange, "custodian"},
         {"scope 0", {5, 3, 1}, 0, WireError::kUnknownCode, "scope"},
         {"scope 3", {5, 3, 1}, 3, WireError::kUnknownCode, "scope"}});
    expect_body_refused(Attest{MemberId{5}, {LogIndex{3}, LogIndex{4}}},
                        {{"none", {5, 2}, List{}, WireError::kOutOfRange, "indices"},
                         {"they fall", {5, 2}, List{4, 3}, WireError::kOrder, "indices"}});
    expect_body_refused(CommitCohort{MemberId{9}, CohortKind::kIntake, Day{9}, 5, CohortRoot{}},
                        {{"kind 4", {5, 2}, 4, WireError::kUnknownCode, "cohort-kind"},
                         {"intake", {5, 3}, {}, WireError::kShape, "intake"},
                         {"no seat", {5, 4}, 0, WireError::kOutOfRange, "count"},
                         {"too many", {5, 4}, 10'000'001, WireError::kOutOfRange, "count"},
                         {"root", {5, 5}, Bytes(31), WireError::kShape, "root"}});
    expect_body_refused(
        ReleaseSeats{MemberId{9}, {Seat{MemberId{9}, 1, 0}, Seat{MemberId{9}, 1, 1}}},
        {{"none", {5, 2}, List{}, WireError::kOutOfRange, "seats"},
         {"one twice", {5, 2, 1, 1}, 0, WireError::kOrder, "seats"}});
    expect_body_refused(Cancel{MemberId{9}, TransactionId{}},
                        {{"member", {5, 1}, 0, WireError::kOutOfRange, "member"},
                         {"id", {5, 2}, Bytes(31), WireError::kShape, "transaction"}});
    expect_body_refused(Confirm{MemberId{9}, MemberId{5}, Ordinal{1}, {{{5}, {6}}, {{8}, {9}}}},
                        {{"by", {5, 2}, 0, WireError::kOutOfRange, "by"},
                         {"key", {5, 3}, -1, WireError::kOutOfRange, "ordinal"},
                         {"none", {5, 4}, List{}, WireError::kOutOfRange, "ranges"},
                         {"65", {5, 4}, List(65, CborTree{0}), WireError::kOutOfRange, "ranges"},
                         {"empty range", {5, 4, 0}, List{5, 5}, WireError::kOrder, "ranges"},
                         {"ranges that touch", {5, 4, 1, 0}, 6, WireError::kOrder, "ranges"}});
}

TEST(SetPolicy, RefusesWhatIsNotSo) {
    const Slot dean{Who::kSelf, Role::kDean};
    const Rule rule{BodyCode::kIssue, std::vector{CertificateType::kDegree},
                    std::nullopt,     std::nullopt,
                    86'400,           {{dean, {Who::kSelf, std::nullopt}}}};
    const CborTree slot{List{0, 0}};
    expect_body_refused(
        SetPolicy{MemberId{9}, {rule}},
        {{"17 rules", {5, 2}, List(17, CborTree{0}), WireError::kOutOfRange, "rules"},
         {"unknown body", {5, 2, 0, 0}, 1, WireError::kUnknownCode, "body-code"},
         {"types fall", {5, 2, 0, 1}, List{2, 1}, WireError::kOrder, "types"},
         {"relation 7", {5, 2, 0, 2}, List{7}, WireError::kUnknownCode, "relation-code"},
         {"relations fall", {5, 2, 0, 2}, List{1, 0}, WireError::kOrder, "relations"},
         {"a capture twice", {5, 2, 0, 3}, List{2, 2}, WireError::kOrder, "captures"},
         {"capture 5", {5, 2, 0, 3}, List{5}, WireError::kUnknownCode, "capture"},
         {"cool-off 2^32", {5, 2, 0, 4}, kTwoTo32, WireError::kOutOfRange, "cool-off"},
         {"no alternative", {5, 2, 0, 5}, List{}, WireError::kOutOfRange, "alternatives"},
         {"no slot", {5, 2, 0, 5, 0}, List{}, WireError::kOutOfRange, "slots"},
         {"nine slots", {5, 2, 0, 5, 0}, List(9, slot), WireError::kOutOfRange, "slots"},
         {"who 3", {5, 2, 0, 5, 0, 0, 0}, 3, WireError::kUnknownCode, "who"},
         {"role 6", {5, 2, 0, 5, 0, 0, 1}, 6, WireError::kUnknownCode, "role"}});
}

TEST(Issue, RefusesWhatIsNotSo) {
    expect_body_refused(
        Issue{kTerms, 1, ListRoot{}},
        {{"nobody awards", {5, 1, 0}, List{}, WireError::kOutOfRange, "awarding"},
         {"accreditation 0", {5, 1, 0, 0, 1}, 0, WireError::kOutOfRange, "accreditation"},
         {"the first once more", {5, 1, 0, 2, 0}, 9, WireError::kOrder, "awarding"},
         {"the others fall", {5, 1, 0, 1, 0}, 8, WireError::kOrder, "awarding"},
         {"type 0", {5, 1, 1}, 0, WireError::kUnknownCode, "type"},
         {"level 9", {5, 1, 2}, 9, WireError::kUnknownCode, "level"},
         {"field 10000", {5, 1, 3}, 10'000, WireError::kOutOfRange, "field"},
         {"programme", {5, 1, 4}, "A B", WireError::kText, "programme"},
         {"awarded on", {5, 1, 5}, {}, WireError::kShape, "awarded-on"},
         {"intake", {5, 1, 6}, kDayMin.days - 1, WireError::kOutOfRange, "intake"},
         {"mode 0", {5, 1, 7}, 0, WireError::kUnknownCode, "mode"},
         {"site 256", {5, 1, 8}, 256, WireError::kOutOfRange, "site"},
         {"capture 0", {5, 1, 9}, 0, WireError::kUnknownCode, "capture"},
         {"count 0", {5, 2}, 0, WireError::kOutOfRange, "count"},
         {"count 16,385", {5, 2}, 16'385, WireError::kOutOfRange, "count"},
         {"short root", {5, 3}, Bytes(31), WireError::kShape, "root"}});
}

}  // namespace
}  // namespace tasdiq::wire
