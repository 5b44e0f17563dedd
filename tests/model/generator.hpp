#pragma once

#include "dice.hpp"
#include "stage.hpp"

namespace tasdiq::model {

/// Thinks of transactions: mostly such as could be accepted, spoiled now and then.
class Generator {
  public:
    Generator(Stage& stage, Dice& dice) : stage_{stage}, dice_{dice} {}

    /// Ministries, universities and accreditations to begin with.
    void found();
    /// One transaction more, perhaps after some time.
    void step();

  private:
    // people.cpp: who there is, who signs
    [[nodiscard]] std::vector<MemberId> members_of(unsigned kinds) const;
    MemberId member_of(unsigned kinds);
    MemberId any_member();
    MemberId below(MemberId above);
    MemberId authority_of(MemberId institution);
    std::vector<Signer> live_keys(MemberId member) const;
    std::optional<Signer> key_for(const wire::Slot& slot, const Acting& acting,
                                  const std::vector<Signer>& taken);
    void sign_for(const Acting& acting, const Subject& subject, std::vector<Signer>& signers);
    std::vector<Signer> signers_for(const Sent& sent);
    void spoil_signers(std::vector<Signer>& signers);
    Ordinal ordinal_of(MemberId member);

    // generator.cpp
    Sent complete(wire::Body body, std::optional<std::vector<wire::Item>> items = {});
    void repair(Sent& sent);
    void spoil(Sent& sent);
    std::int64_t while_passing();
    Sent think();
    unsigned send(const Sent& sent);
    static void settle(Sent& sent);

    // bodies.cpp, issues.cpp
    std::vector<wire::NewKey> new_keys(const std::vector<Role>& roles,
                                       std::optional<MemberId> member);
    std::vector<Role> some_roles(bool institution);
    wire::Body register_authority();
    wire::Body register_institution();
    wire::Body end_authority();
    wire::Body void_key();
    wire::Body confirm();
    wire::Body reconstitute();
    wire::Body succession();
    wire::Body custody();
    wire::Scope scope(const std::string& country);
    wire::Body accredit();
    wire::Body end_accreditation();
    wire::Rule rule();
    wire::Body set_policy();
    wire::Body add_key();
    wire::Body retire_key();
    wire::Body cancel();
    wire::Body commit_cohort();
    wire::Body release_seats();
    wire::Body status();
    wire::Body attest();
    wire::Body draft();
    Day day_near(int back, int ahead);
    std::optional<LogIndex> some_certificate();
    std::vector<LogIndex> some_certificates(std::size_t count);
    Sent issue();
    wire::Terms fresh_terms();
    wire::Terms terms_under(MemberId institution, std::uint32_t number);
    wire::Terms terms_of_authority();
    void spoil_terms(wire::Terms& terms);
    std::vector<wire::Item> items(wire::Terms& terms);
    void relate(wire::Terms& terms, std::vector<wire::Item>& items);
    std::optional<wire::Seat> some_seat();

    // stories.cpp: several about the same
    bool say(const Sent& sent);
    bool say(wire::Body body);
    Sent finish(Sent sent);
    Sent issue_of(const wire::Terms& terms, std::size_t count,
                  std::optional<wire::Relation> relation);
    void steal(LogIndex index);
    void veto(LogIndex certificate);
    std::optional<MemberId> granter_of(const wire::Awarding& one);
    [[nodiscard]] std::size_t size_of_slots(LogIndex index) const;
    std::vector<LogIndex> toggle(LogIndex index, MemberId member, std::size_t size);
    std::optional<LogIndex> waiting_certificate(std::uint32_t cool_off_s,
                                                std::uint32_t of_statuses_s);
    wire::StatusState some_end();
    void tell_of_a_branch();
    void tell();
    void tell_of_a_slot();
    void tell_of_a_parchment();
    void tell_of_an_early_veto();
    void tell_of_names();
    void tell_of_confirmations();
    void tell_of_waiting();

    Stage& stage_;
    Dice& dice_;
    std::uint64_t number_ = 0;  // of nonces and commitments
    std::vector<Sent> sent_;    // lately
    std::vector<Sent> held_;    // signed, not sent yet
};

}  // namespace tasdiq::model
