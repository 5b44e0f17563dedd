#include "cli/ledger_name.hpp"

#include <gtest/gtest.h>

#include "cli/ledger_folder_test.hpp"
#include "cli/signing.hpp"
#include "cli/transaction_draft.hpp"
#include "wire/trust_root.hpp"

namespace tasdiq::cli {
namespace {

using text::Language;

TEST(LedgerName, IsTheOriginWhereATrustRootKnowsIt) {
    const ledger::world::Manar world;
    const test::Folder folder;
    const std::string path = folder.file("trust-root.json");
    const std::string id = to_hex(world.chain.view());
    EXPECT_EQ(ledger_text(world.chain, Language::kEnglish, path),
              "On the ledger with the id " + id + ", of which nothing is known here.");
    const std::string origin = wire::origin_of(world.genesis, world.chain);
    wire::TrustRoot trust{wire::LedgerKind::kTest,
                          wire::GenesisHash{crypto::sha256(wire::encode(world.genesis)).array()},
                          origin,
                          {},
                          wire::genesis_set(world.genesis),
                          {origin, 2, merkle::MerkleHash{}},
                          world.now};
    folder.write("trust-root.json", as_bytes(wire::encode(trust)));
    EXPECT_EQ(ledger_text(world.chain, Language::kEnglish, path),
              "On a TEST ledger: " + origin + ".");
    const auto other = *wire::ChainId::from(Bytes(16, 5));
    EXPECT_EQ(
        ledger_text(other, Language::kEnglish, path),
        "On the ledger with the id " + to_hex(other.view()) + ", of which nothing is known here.");
    trust.ledger = wire::LedgerKind::kProduction;
    folder.write("trust-root.json", as_bytes(wire::encode(trust)));
    EXPECT_EQ(ledger_text(world.chain, Language::kEnglish, path),
              "On the production ledger " + origin + ".");
}

TEST(LedgerName, IsNoneIfAllIsZero) {
    EXPECT_EQ(chain_fault(wire::ChainId{}), "is for no ledger: its id is all zeros");
    EXPECT_EQ(chain_fault(*wire::ChainId::from(Bytes(16, 5))), "");
}

TEST(Drafts, ForNoLedgerAreRefused) {
    const test::Folder folder;
    const auto payload = make_payload({}, {{{9}, {0}}}, wire::RetireKey{{9}, {0}}, {1'000}, 60);
    folder.write("draft", wire::encode(payload));
    EXPECT_EQ(read_draft(folder.file("draft")).error(),
              folder.file("draft") + ": is for no ledger: its id is all zeros");
}

}  // namespace
}  // namespace tasdiq::cli
