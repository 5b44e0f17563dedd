#pragma once

#include <random>

#include "wire/record.hpp"
#include "wire/transaction.hpp"

// For tests: values of every shape, the same for the same seed on every machine.
namespace tasdiq::wire {

class Random {
  public:
    explicit Random(std::uint64_t seed) : engine_{seed} {}

    /// From `min` to `max`. Often one of the two: limits are where mistakes are.
    template <std::integral T>
    T number(T min, T max) {
        const std::uint64_t draw = engine_() % 8;
        if (draw == 0) return min;
        if (draw == 1) return max;
        const auto span = static_cast<std::uint64_t>(max) - static_cast<std::uint64_t>(min);
        return static_cast<T>(static_cast<std::uint64_t>(min) + engine_() % (span + 1));
    }
    template <class E>
    E code(int min, int max) {
        return static_cast<E>(number(min, max));
    }
    bool coin() { return engine_() % 2 == 0; }

    Bytes bytes(std::size_t size) {
        Bytes value(size);
        for (auto& byte : value) byte = static_cast<std::uint8_t>(engine_());
        return value;
    }
    template <class Tagged>
    Tagged tagged() {
        return *Tagged::from(bytes(Tagged::kSize));
    }
    template <class Make>
    auto maybe(Make make) {
        std::optional<decltype(make())> value;
        if (coin()) value = make();
        return value;
    }
    template <class Make>
    auto list(std::size_t min, std::size_t max, Make make) {
        std::vector<decltype(make())> values(number(min, max));
        for (auto& value : values) value = make();
        return values;
    }
    /// Sorted, nothing twice; at least one element if `min` is above 0.
    template <class Make, class Key = std::identity>
    auto ascending(std::size_t min, std::size_t max, Make make, Key key = {}) {
        auto values = list(min, max, make);
        const auto less = [&](const auto& a, const auto& b) {
            return std::invoke(key, a) < std::invoke(key, b);
        };
        std::ranges::sort(values, less);
        const auto equal = [&](const auto& a, const auto& b) { return !less(a, b); };
        values.erase(std::unique(values.begin(), values.end(), equal), values.end());
        return values;
    }

    // -------------------------------------------------------------- shared values
    std::string text(std::size_t size_max = 160);
    std::string country() {
        return {static_cast<char>('A' + number(0, 25)), static_cast<char>('A' + number(0, 25))};
    }
    std::string programme();
    MemberId member() { return {number<std::uint32_t>(1, 0xFFFFFFFF)}; }
    Ordinal ordinal() { return {number<std::uint16_t>(0, 0xFFFF)}; }
    LogIndex index() { return {number<std::uint64_t>(0, kLogIndexMax)}; }
    Day day() { return {number(kDayMin.days, kDayMax.days)}; }
    Instant instant() { return {number(kInstantMin.seconds, kInstantMax.seconds)}; }
    Signer signer() { return {member(), ordinal()}; }
    std::vector<Signer> signers(std::size_t min = 0, std::size_t max = 32) {
        return ascending(min, max, [&] { return signer(); });
    }
    std::vector<Name> names();
    Titles titles() { return {text(), text(), text()}; }
    std::vector<OutsideId> ids();
    crypto::Algorithm algorithm() { return code<crypto::Algorithm>(-8, -7); }
    Bytes public_key(crypto::Algorithm algorithm) {
        return bytes(algorithm == crypto::Algorithm::kEd25519 ? 32 : 33);
    }
    crypto::Ed25519PublicKey node_key();
    NewKey new_key();
    std::vector<NewKey> new_keys() {
        return list(2, 8, [&] { return new_key(); });
    }
    Relation relation() { return {code<RelationCode>(1, 6), index()}; }
    Seat seat() {
        return {member(), number<std::uint32_t>(1, 0xFFFFFFFF),
                number<std::uint64_t>(0, kLogIndexMax)};
    }
    Item item() {
        return {tagged<Commitment>(), maybe([&] { return relation(); }),
                maybe([&] { return seat(); })};
    }
    std::uint16_t field() { return number<std::uint16_t>(0, 9999); }
    Terms terms();
    Scope scope();
    std::vector<ProgrammeEntry> programmes();
    std::vector<Rule> rules();
    StateSet set();

    // -------------------------------------------------------------- whole things
    /// Body number `which` of the variant, DraftBody included.
    Body body(std::size_t which);
    Body later_body(std::size_t which);
    Payload payload(std::size_t which) {
        return {tagged<ChainId>(), tagged<Nonce>(), instant(), signers(1), body(which)};
    }
    EnvelopeSignature signature() { return {algorithm(), tagged<crypto::KeyId>(), bytes(64)}; }
    Genesis genesis();
    CertificateEntry certificate();
    BlockEntry block();
    MemberRecord member_record();
    StatusSlot status_slot();

  private:
    Rule rule();
    std::mt19937_64 engine_;
};

}  // namespace tasdiq::wire
