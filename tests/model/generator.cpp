#include "generator.hpp"

#include <algorithm>

#include "crypto/hash.hpp"

namespace tasdiq::model {

Sent Generator::complete(wire::Body body, std::optional<std::vector<wire::Item>> items) {
    Sent sent;
    const auto nonce = crypto::sha256(as_bytes("nonce " + std::to_string(number_++)));
    sent.payload.chain = stage_.model.chain;
    sent.payload.nonce = *wire::Nonce::from(nonce.view().first(16));
    sent.payload.expires = {stage_.model.now.seconds + 3'600};
    sent.payload.body = std::move(body);
    sent.items = std::move(items);
    sent.payload.signers = signers_for(sent);
    return sent;
}

/// Brings the signers into their form.
void Generator::settle(Sent& sent) {
    auto& signers = sent.payload.signers;
    if (signers.empty()) signers.push_back({{1}, {0}});
    std::sort(signers.begin(), signers.end());
    signers.erase(std::unique(signers.begin(), signers.end()), signers.end());
    if (signers.size() > 32) signers.resize(32);
    sent.signatures.assign(signers.size(), Spoilt::kNo);
}

/// Where only an authority's signature is missing, asks for it: else registers would be rare.
void Generator::repair(Sent& sent) {
    const unsigned number = stage_.model.check(sent);
    const auto* issue = std::get_if<wire::Issue>(&sent.payload.body);
    if (!issue || (number != 601 && number != 602)) return;
    for (const auto& one : issue->terms.awarding) {
        MemberId authority = authority_of(one.institution);
        if (number == 601) authority = granter_of(one).value_or(authority);
        const auto key = key_for({wire::Who::kSelf, Role::kAuthority},
                                 {authority, authority, {}, {}}, sent.payload.signers);
        if (key) sent.payload.signers.push_back(*key);
    }
    settle(sent);
}

void Generator::spoil(Sent& sent) {
    auto& payload = sent.payload;
    if (dice_.percent(1)) payload.chain.mutable_view()[3] ^= 1;
    if (dice_.percent(2)) payload.expires.seconds -= 3'601;
    if (dice_.percent(2)) payload.expires = stage_.model.now;
    if (dice_.percent(1)) {
        payload.expires.seconds = stage_.model.now.seconds + 90 * kSecondsPerDay +
                                  static_cast<std::int64_t>(dice_.below(2));
    }
    if (dice_.percent(3) && !sent.signatures.empty()) {
        sent.signatures[dice_.below(sent.signatures.size())] =
            static_cast<Spoilt>(1 + dice_.below(3));
    }
    if (auto* issue = std::get_if<wire::Issue>(&payload.body)) {
        if (dice_.percent(1)) ++issue->count;
        if (dice_.percent(1)) issue->root.mutable_view()[0] ^= 1;
        if (dice_.percent(1)) sent.items.reset();
    } else if (dice_.percent(1)) {
        sent.items = std::vector<wire::Item>{{wire::Commitment{}, {}, {}}};
    }
}

Sent Generator::think() {
    struct Choice {
        std::size_t weight;
        wire::Body (Generator::*make)();  // none: an issue
    };
    static const std::vector<Choice> choices{{30, nullptr},
                                             {14, &Generator::status},
                                             {4, &Generator::attest},
                                             {5, &Generator::accredit},
                                             {5, &Generator::end_accreditation},
                                             {4, &Generator::set_policy},
                                             {4, &Generator::add_key},
                                             {2, &Generator::retire_key},
                                             {3, &Generator::void_key},
                                             {3, &Generator::confirm},
                                             {2, &Generator::reconstitute},
                                             {6, &Generator::succession},
                                             {4, &Generator::custody},
                                             {1, &Generator::end_authority},
                                             {1, &Generator::register_authority},
                                             {2, &Generator::register_institution},
                                             {3, &Generator::commit_cohort},
                                             {3, &Generator::release_seats},
                                             {6, &Generator::cancel},
                                             {1, &Generator::draft}};
    std::size_t all = 0;
    for (const Choice& choice : choices) all += choice.weight;
    std::size_t left = dice_.below(all);
    for (const Choice& choice : choices) {
        if (left < choice.weight) return choice.make ? complete((this->*choice.make)()) : issue();
        left -= choice.weight;
    }
    return issue();
}

std::int64_t Generator::while_passing() {
    const std::size_t kind = dice_.below(100);
    if (kind < 70) return static_cast<std::int64_t>(dice_.below(4'000));
    if (kind < 95) return static_cast<std::int64_t>(dice_.below(3 * 86'400));
    return static_cast<std::int64_t>(dice_.below(60 * 86'400));
}

/// What it is answered; once they do not agree, nothing more is sent.
unsigned Generator::send(const Sent& sent) {
    if (!stage_.difference.empty()) return 1;
    const unsigned number = stage_.send(sent);
    sent_.push_back(sent);
    if (sent_.size() > 24) sent_.erase(sent_.begin());
    return number;
}

void Generator::step() {
    if (dice_.percent(60)) stage_.pass(while_passing());
    if (dice_.percent(2)) return tell();
    if (!sent_.empty() && dice_.percent(2)) {
        send(Sent{dice_.one_of(sent_)});
        return;
    }
    if (!held_.empty() && dice_.percent(4)) {
        const Sent sent = held_.front();
        held_.erase(held_.begin());
        send(sent);
        return;
    }
    Sent sent = think();
    settle(sent);
    repair(sent);
    for (int attempt = 0; attempt < 3; ++attempt) {
        if (stage_.model.check(sent) == 0 || dice_.percent(25)) break;
        sent = think();
        settle(sent);
        repair(sent);
    }
    if (dice_.percent(8)) {
        spoil_signers(sent.payload.signers);
        settle(sent);
    }
    if (dice_.percent(20)) spoil(sent);
    if (dice_.percent(3)) {
        sent.payload.expires.seconds += 20 * kSecondsPerDay;
        held_.push_back(sent);
        if (held_.size() > 8) held_.erase(held_.begin());
    } else {
        send(sent);
    }
}

void Generator::found() {
    const auto send_now = [&](wire::Body body) {
        Sent sent = complete(std::move(body));
        settle(sent);
        send(sent);
    };
    for (int i = 0; i < 4; ++i) send_now(register_authority());
    for (int i = 0; i < 8; ++i) send_now(register_institution());
    for (int i = 0; i < 14; ++i) send_now(accredit());
    for (int i = 0; i < 3; ++i) send_now(commit_cohort());
    stage_.pass(150 * kSecondsPerDay);
}

}  // namespace tasdiq::model
