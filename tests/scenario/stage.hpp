#pragma once

#include "graduates.hpp"
#include "ledger/world_test.hpp"
#include "script.hpp"
#include "text/language.hpp"

namespace tasdiq::scenario {

/// Plays the rows of a scenario on a ledger with real keys. What a row expects is checked where it
/// is played; a row that makes no sense throws std::runtime_error.
class Stage {
  public:
    /// The states of the first table are the ledger's genesis; `judged` are the certificates that
    /// get a verdict.
    Stage(const std::vector<std::string>& countries, const std::vector<std::string>& judged);

    /// `member` and `accreditation` rows: what is there when the story begins.
    void set_member(const Row& row);
    void set_accreditation(const Row& row);
    /// `day` rows: somebody sends something and is answered.
    void play(const Row& row);
    /// `certificate`, `used` and `now` rows: what is true now.
    void expect_certificate(const Row& row) const;
    void expect_used(const Row& row) const;
    void expect_member(const Row& row) const;
    /// `verdict` rows: what is said now of whoever shows a certificate.
    void expect_verdicts(const Table& table) const;

  private:
    struct Held {
        wire::Role role;
        wire::Signer signer;
    };
    struct Told {  // an issue or a change of statuses by name
        ledger::Accepted place;
        Bytes submission;
    };
    /// What a row is about to send, and what is remembered if it is recorded.
    struct Act {
        wire::Body body;
        std::optional<Bytes> list;
        std::string name;               // of an issue or a member
        std::vector<wire::Role> roles;  // of the keys it brings
    };

    [[nodiscard]] wire::MemberId member(const std::string& name) const;
    [[nodiscard]] wire::Signer key(const std::string& text, const std::string& self) const;
    [[nodiscard]] std::vector<wire::Signer> signers(const Row& row) const;
    [[nodiscard]] wire::LogIndex certificate(const std::string& text) const;
    [[nodiscard]] std::vector<wire::LogIndex> certificates(const std::string& text) const;
    [[nodiscard]] std::string text_of(const std::optional<wire::StatusSlot>& slot) const;
    [[nodiscard]] std::string name_of(wire::LogIndex index) const;
    [[nodiscard]] std::string name_of(wire::MemberId id) const;
    void expect_rest(const Row& row, wire::LogIndex index,
                     const wire::CertificateEntry& entry) const;

    class Office;
    void expect_verdict(Office& office, std::span<const Row> rows) const;
    [[nodiscard]] std::string with_numbers(std::string sentence) const;

    [[nodiscard]] wire::MemberId self(const Row& row) const;
    [[nodiscard]] std::vector<wire::Awarding> awarding(const Row& row) const;
    [[nodiscard]] wire::Seat seat(const Row& row, const std::string& text) const;

    [[nodiscard]] Act act_of(const Row& row);
    [[nodiscard]] certificate::Issuer issuer(const wire::Terms& terms) const;
    [[nodiscard]] Act issue(const Row& row, const std::vector<std::string>& verb);
    [[nodiscard]] Act registration(const Row& row, const std::vector<std::string>& verb);
    [[nodiscard]] Act accredit(const Row& row, const std::string& institution) const;
    [[nodiscard]] Act end_accreditation(const Row& row, const std::vector<std::string>& verb) const;
    [[nodiscard]] Act key_change(const Row& row, const std::vector<std::string>& verb);
    [[nodiscard]] Act status(const Row& row, const std::string& verb) const;
    [[nodiscard]] Act cancel(const Row& row, const std::string& name) const;
    [[nodiscard]] Act confirm(const Row& row, const std::vector<std::string>& verb) const;
    [[nodiscard]] Act reconstitute(const Row& row, const std::vector<std::string>& verb);
    [[nodiscard]] std::optional<Act> became(const Row& row,
                                            const std::vector<std::string>& verb) const;
    [[nodiscard]] std::optional<Act> enrolment(const Row& row,
                                               const std::vector<std::string>& verb) const;
    [[nodiscard]] Act set_policy(const Row& row) const;

    [[nodiscard]] Bytes submission_of(const Row& row, const Act& act);
    void remember(const Act& act, const ledger::Accepted& place, const Bytes& submission);
    void set_day(const std::string& day);

    ledger::world::World world_;
    Graduates graduates_;
    std::map<std::string, wire::MemberId> members_;
    std::map<wire::MemberId, std::vector<Held>> held_;
    std::map<std::string, Told> told_;
};

}  // namespace tasdiq::scenario
