#pragma once

#include <map>

#include "certificate/commitment.hpp"
#include "certificate/make.hpp"
#include "credential/data_integrity.hpp"
#include "credential/did.hpp"
#include "keys/signing_key.hpp"
#include "linked/bundled_contexts.hpp"
#include "sizes/vast_log.hpp"
#include "verify/required_records.hpp"
#include "wire/evidence.hpp"
#include "wire/trust_root.hpp"

namespace tasdiq::vast {

struct Size {
    std::uint64_t entries;  // of the log
    std::uint64_t records;  // of the map
    std::size_t states;
    std::string_view suite = credential::kDefaultSuite;  // of the credentials
};

/// A certificate as its holder has it.
struct Held {
    std::string credential;
    wire::Evidence evidence;
};

/// A ledger of this size, and one university of it that issued diplomas: records as long as real
/// ones, everything signed.
class VastLedger {
  public:
    VastLedger(Size size, std::size_t certificates) : size_{size}, map_{size.records} {
        for (std::uint32_t i = 1; i <= size.states; ++i) {
            state_keys_.push_back(key_named("node " + std::to_string(i)));
            set_.push_back({{i}, country(i), ed25519(state_keys_.back())});
        }
        put_records();
        std::vector<Unproven> made;
        for (std::size_t i = 0; i < certificates; ++i) made.push_back(issue(i, certificates));
        map_.close();
        const Bytes block = wire::encode(wire::BlockEntry{size.entries / 900,
                                                          kNow,
                                                          {size.entries - 900},
                                                          map_.root(),
                                                          wire::set_hash(set_),
                                                          wire::set_hash(set_)});
        log_.put(size.entries - 1, block);
        root_ = *merkle::tree_root(size.entries, log_);
        const auto cosignatures = cosign();
        for (Unproven& one : made) held_.push_back(prove(std::move(one), block, cosignatures));
    }

    [[nodiscard]] const std::vector<Held>& held() const { return held_; }
    [[nodiscard]] const keys::SigningKey& assertion_key() const { return assertion_key_; }
    [[nodiscard]] wire::TrustRoot trust_root() const {
        return {wire::LedgerKind::kTest,         kGenesis, kOrigin, {}, set_,
                {kOrigin, size_.entries, root_}, kNow};
    }

    static constexpr Instant kNow{1'790'000'000};

    /// The holder of certificate `number`.
    static certificate::Record graduate(std::size_t number) {
        certificate::Record record;
        record.holder.names = {{"أميرة بنت عبد الرحمن الطرابلسي", certificate::Script::kArab},
                               {"Amira Abderrahmane Trabelsi", certificate::Script::kLatn}};
        record.holder.birth_date = certificate::PartialDate{2003, 5, 14};
        record.holder.birth_place = {{"صفاقس", certificate::Script::kArab},
                                     {"Sfax", certificate::Script::kLatn}};
        record.holder.nationality = "TN";
        record.holder.identifiers = {{"national", std::to_string(10'000'000 + number)},
                                     {"student", std::to_string(202'300'000 + number)}};
        record.award.title = {kTitles.ar, kTitles.en, kTitles.fr};
        record.award.level = 6;
        record.award.field = 613;
        record.award.programme = kProgramme;
        record.award.awarded_on = *parse_day("2026-06-30");
        record.award.decision = "2026/103";
        record.award.academic_year = "2025-2026";
        record.award.honours = wire::Titles{"حسن جدًّا", "Very good", "Bien"};
        record.award.grade = certificate::Grade{"16.42", "20"};
        record.award.credits = certificate::Credits{"180", "ECTS"};
        record.award.languages = {"ar", "fr"};
        return record;
    }

  private:
    static inline const wire::GenesisHash kGenesis{crypto::sha256(as_bytes("vast")).array()};
    static inline const std::string kOrigin =
        "ledger.arab-certificates.example/" + to_hex(kGenesis.view().first(16));
    static inline const wire::Titles kTitles{"الإجازة الوطنيّة في علوم الإعلاميّة",
                                             "Bachelor of Computer Science",
                                             "Licence nationale en sciences de l’informatique"};
    static inline const std::string kProgramme = "LIC-INFO-2023";
    static constexpr wire::MemberId kAuthority{131};
    static constexpr wire::MemberId kUniversity{1'204};
    static constexpr wire::Ordinal kAssertion{7};
    static constexpr std::uint32_t kAccreditation = 14;

    struct Unproven {
        std::string credential;
        wire::CertificateSecret secret;
        wire::LogIndex index;
        Bytes entry;
        std::vector<wire::MapKey> keys;
    };

    static keys::SigningKey key_named(const std::string& name) {
        const auto seed = crypto::sha256(as_bytes(name));
        return *keys::SigningKey::from_seed(crypto::Algorithm::kEd25519,
                                            *keys::SigningKey::Seed::from(seed.view()));
    }
    static crypto::Ed25519PublicKey ed25519(const keys::SigningKey& key) {
        return *crypto::Ed25519PublicKey::parse(key.public_key().view());
    }
    static std::string country(std::uint32_t number) {
        return {static_cast<char>('A' + number / 26), static_cast<char>('A' + number % 26)};
    }
    [[nodiscard]] wire::LogIndex early(std::uint64_t share) const {
        return {size_.entries / 100 * share};
    }

    template <class Record>
    void put(const wire::MapKey& key, const Record& record) {
        records_.insert_or_assign(key, wire::encode(record));
        map_.put(key.hash(), merkle::hash_map_value(records_.at(key)));
    }

    void put_records() {
        const std::vector<wire::Signer> state{{{2}, {0}}, {{2}, {1}}};
        const std::vector<wire::Signer> authority{{kAuthority, {0}}, {kAuthority, {3}}};
        const std::vector<wire::Signer> president{{kAuthority, {0}}, {kUniversity, {2}}};
        wire::MemberRecord ministry{};
        ministry.index = early(1);
        ministry.signers = state;
        ministry.kind = wire::MemberKind::kAuthority;
        ministry.parent = wire::MemberId{2};
        ministry.country = country(2);
        ministry.names = {
            {Day{0}, "وزارة التعليم العالي والبحث العلمي",
             "Ministry of Higher Education and Scientific Research",
             "Ministère de l’Enseignement supérieur et de la Recherche scientifique"}};
        ministry.sector = 1;
        put(wire::MapKey::member(kAuthority), ministry);

        wire::MemberRecord university{};
        university.index = early(2);
        university.signers = authority;
        university.kind = wire::MemberKind::kUniversity;
        university.authority = kAuthority;
        university.country = country(2);
        university.names = {{Day{0}, "جامعة صفاقس", "University of Sfax", "Université de Sfax"}};
        university.ids = {{"ror", "04d4sd432"}, {"domain", "usf.example"}};
        put(wire::MapKey::member(kUniversity), university);

        wire::Scope scope{};
        scope.act = wire::Act::kAccreditation;
        scope.legal = "Arrêté du 12 juillet 2022, JORT n° 81";
        scope.types = {wire::CertificateType::kDegree, wire::CertificateType::kTranscript};
        scope.levels = {6, 7};
        scope.fields = {511, 541, 612, 613, 714};
        scope.by_programme = true;
        scope.modes = {wire::Mode::kOnSite};
        scope.sites = {{0, country(2)}, {1, country(2)}};
        scope.from = *parse_day("2022-09-01");
        scope.to = *parse_day("2028-08-31");
        scope.applies = wire::AppliesTo::kAward;
        scope.quota = 12'000;
        put(wire::MapKey::accreditation(kUniversity, kAccreditation),
            wire::AccreditationRecord{early(60), authority, kAuthority, scope, std::nullopt});
        put(wire::MapKey::programme(kUniversity, kAccreditation, kProgramme),
            wire::ProgrammeRecord{early(61), authority, 613, kTitles});
        put(wire::MapKey::key(kUniversity, kAssertion),
            wire::KeyRecord{early(62),
                            president,
                            wire::Role::kAssertion,
                            crypto::Algorithm::kEd25519,
                            to_bytes(assertion_key_.public_key().view()),
                            {early(62).value + 1},
                            std::nullopt});
    }

    Unproven issue(std::size_t number, std::size_t count) {
        const auto record = graduate(number);
        const auto host = std::string{credential::host_of_origin(kOrigin)};
        const auto digest = crypto::sha256(as_bytes("graduate " + std::to_string(number)));
        std::array<std::uint8_t, 16> random{};
        std::copy_n(digest.view().begin(), random.size(), random.begin());
        const auto credential = certificate::make_credential(
            record, {kUniversity, "جامعة صفاقس", "University of Sfax", "Université de Sfax", host},
            certificate::make_uuid(random));
        ENSURE(credential);
        credential::ProofOptions options;
        options.verification_method = credential::make_key_url(
            credential::make_institution_did(host, kUniversity.value), kAssertion.value);
        options.created = kNow;
        options.suite = size_.suite;
        const auto unfinished =
            credential::signing_input(credential->unsecured(), options, contexts_.cache());
        ENSURE(unfinished);

        const auto terms = certificate::make_terms(record, {{kUniversity, kAccreditation}});
        Unproven made{credential->with_proof(credential::finish_proof(
                          *unfinished, assertion_key_.sign(unfinished->signing_input))),
                      wire::CertificateSecret{digest.array()},
                      {early(70).value + number * (early(20).value / count)},
                      {},
                      {}};
        const wire::CertificateEntry entry{{kNow.seconds - 86'400},
                                           std::nullopt,
                                           terms,
                                           {{kUniversity, {1}}, {kUniversity, {2}}},
                                           certificate::commit(*credential, terms, made.secret),
                                           std::nullopt,
                                           std::nullopt,
                                           std::nullopt};
        made.entry = wire::encode(entry);
        log_.put(made.index.value, made.entry);
        map_.put(wire::MapKey::status(made.index).hash(), std::nullopt);
        const auto records = verify::find_records(
            made.index, entry, nullptr, std::array{kAssertion},
            [this](const wire::MapKey& key, verify::Need) { return find(key); });
        ENSURE(records);
        made.keys = records->keys;
        return made;
    }

    [[nodiscard]] std::optional<Bytes> find(const wire::MapKey& key) const {
        const auto found = records_.find(key);
        return found == records_.end() ? std::nullopt : std::optional{found->second};
    }

    [[nodiscard]] std::vector<wire::Cosignature> cosign() const {
        const std::string note = wire::note_text({kOrigin, size_.entries, root_});
        std::vector<wire::Cosignature> cosignatures;
        for (std::size_t i = 0; i < wire::quorum_of(set_.size()); ++i) {
            cosignatures.push_back(
                {set_[i].state, kNow, state_keys_[i].sign(wire::cosignature_input(note, kNow))});
        }
        return cosignatures;
    }

    Held prove(Unproven one, const Bytes& block,
               const std::vector<wire::Cosignature>& cosignatures) {
        const auto proven = [this](wire::LogIndex index, const Bytes& entry) {
            return wire::ProvenEntry{index, entry,
                                     *merkle::inclusion_path(index.value, size_.entries, log_)};
        };
        wire::Evidence evidence{};
        evidence.origin = kOrigin;
        evidence.opening = one.secret;
        evidence.certificate = proven(one.index, one.entry);
        evidence.block = proven({size_.entries - 1}, block);
        std::vector<merkle::KeyHash> hashes;
        for (const wire::MapKey& key : one.keys) {
            evidence.records.push_back({key, find(key)});
            hashes.push_back(key.hash());
        }
        evidence.map_proof = map_.prove(hashes);
        evidence.size = size_.entries;
        evidence.root = root_;
        evidence.cosignatures = cosignatures;
        return {std::move(one.credential), std::move(evidence)};
    }

    Size size_;
    VastLog log_;
    VastMap map_;
    std::map<wire::MapKey, Bytes> records_;
    keys::SigningKey assertion_key_ = key_named("assertion");
    linked::BundledContexts contexts_;
    std::vector<keys::SigningKey> state_keys_;
    wire::StateSet set_;
    merkle::MerkleHash root_;
    std::vector<Held> held_;
};

}  // namespace tasdiq::vast
