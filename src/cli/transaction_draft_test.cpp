#include "cli/transaction_draft.hpp"

#include <gtest/gtest.h>

#include "cli/ledger_folder_test.hpp"
#include "cli/run_words_test.hpp"
#include "cli/signing.hpp"
#include "crypto/multikey.hpp"
#include "keys/key_file.hpp"

namespace tasdiq::cli {
namespace {

using namespace ledger::world;

struct DraftOf {
    test::SmallLedger world;
    Bytes bytes =
        *make_draft(world.chain, {kDean, kRegistrar},
                    make_status(kManar, wire::StatusState::kLost, {{world.firsts[0].value + 5}}),
                    world.now, 3'600);
    wire::TransactionId id = wire::transaction_id(bytes);

    [[nodiscard]] wire::EnvelopeSignature sign(const wire::Signer& signer) const {
        return sign_payload(bytes, world.keys.at(signer));
    }
};

TEST(Drafts, AreSignedInPartsAndAccepted) {
    DraftOf draft;
    const auto payload = wire::decode_payload(draft.bytes);
    ASSERT_TRUE(payload);
    EXPECT_EQ(payload->signers, (std::vector<wire::Signer>{kRegistrar, kDean}));
    const Bytes envelope =
        wire::encode_envelope(draft.bytes, std::vector{draft.sign(kRegistrar), draft.sign(kDean)});
    EXPECT_TRUE(draft.world.send(wire::encode(wire::Submission{envelope, std::nullopt})));
}

TEST(Drafts, KeepTheirSignaturesBesideThem) {
    const DraftOf draft;
    const test::Folder folder;
    const std::string path = folder.file("draft.cbor");
    folder.write("draft.cbor", draft.bytes);
    folder.write("draft.cbor.txt", draft.bytes);
    folder.write("other.cbor.0011223344556677.sig", draft.bytes);
    EXPECT_TRUE(signature_paths(path).empty());
    for (const wire::Signer& signer : {kRegistrar, kDean}) {
        const auto signature = draft.sign(signer);
        const std::string place = signature_path(path, signature.key);
        ASSERT_TRUE(write_file(place, encode_signature(signature, draft.id), Access::kPublic));
        EXPECT_EQ(read_signature(place, draft.id).value(), signature);
    }
    const auto found = signature_paths(path);
    ASSERT_EQ(found.size(), 2U);

    const auto other = read_signature(found[0], wire::TransactionId{});
    EXPECT_EQ(other.error(), found[0] + ": is for another draft");
    EXPECT_EQ(read_signature(path, draft.id).error(), path + ": is no signature");
    EXPECT_FALSE(read_draft(found[0]));
}

TEST(Drafts, KnowTheirSignersKeysIfANodeWasAsked) {
    const DraftOf draft;
    const test::Folder folder;
    const std::string path = folder.file("draft.cbor");
    const auto of = [&](const wire::Signer& signer) {
        return draft.world.keys.at(signer).public_key();
    };
    const std::vector<SignerKey> keys{{kRegistrar, crypto::to_multikey(of(kRegistrar))},
                                      {kDean, crypto::to_multikey(of(kDean))}};
    folder.write("draft.cbor", encode_draft(draft.bytes, keys));
    const auto read = read_draft(path);
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(read->payload, draft.bytes);
    EXPECT_EQ(read->decoded.signers, (std::vector<wire::Signer>{kRegistrar, kDean}));
    EXPECT_EQ(read->keys, keys);
    EXPECT_TRUE(read->is_signers(of(kDean)));
    EXPECT_FALSE(read->is_signers(of(kMinistry1)));

    // Without a node, and what drafts were before: anybody's signature is taken, and held against
    // the ledger's keys when it is sent.
    for (const Bytes& keyless : {encode_draft(draft.bytes, {}), draft.bytes}) {
        folder.write("draft.cbor", keyless);
        const auto bare = read_draft(path);
        ASSERT_TRUE(bare) << bare.error();
        EXPECT_EQ(bare->payload, draft.bytes);
        EXPECT_TRUE(bare->is_signers(of(kMinistry1)));
    }
}

TEST(Drafts, AreRefusedWithKeysOfOthersOrOfAnotherVersion) {
    const DraftOf draft;
    const test::Folder folder;
    const std::string path = folder.file("draft.cbor");
    folder.write("draft.cbor", encode_draft(draft.bytes, {{kDean, "z6Mk"}}));
    EXPECT_EQ(read_draft(path).error(), path + ": has keys of others than those who sign");
    Bytes later = encode_draft(draft.bytes, {});
    later[1] = 3;  // after the array's head
    folder.write("draft.cbor", later);
    EXPECT_EQ(read_draft(path).error().find(path + ": is no draft ("), 0U);
}

TEST(Drafts, AreNotSignedByOthersThanTheirSigners) {
    const DraftOf draft;
    const test::Folder folder;
    const auto said = [&](const std::string& key) {
        const std::string draft_path = folder.file("draft.cbor");
        const std::string key_path = folder.file(key);
        const test::Said answer = test::run_words({"sign", draft_path, "--key", key_path, "--yes"});
        return std::pair{answer.code, answer.err};
    };
    std::vector<SignerKey> keys;
    for (const wire::Signer& signer : {kRegistrar, kDean}) {
        keys.emplace_back(signer, crypto::to_multikey(draft.world.keys.at(signer).public_key()));
    }
    folder.write("draft.cbor", encode_draft(draft.bytes, keys));
    for (const auto& [name, signer] : {std::pair{"dean.key", kDean}, {"other.key", kMinistry1}}) {
        ASSERT_TRUE(keys::write_key_file(
            folder.file(name), draft.world.keys.at(signer), {},
            {.label = name, .encryption = keys::Encryption::kUnencrypted, .cost = {}}));
    }
    EXPECT_EQ(said("other.key"),
              std::pair(int{kExitRefused},
                        std::string{"tasdiq: this key is none of those that must sign\n"}));
    EXPECT_TRUE(signature_paths(folder.file("draft.cbor")).empty());
    EXPECT_EQ(said("dean.key").first, 0);
    EXPECT_EQ(signature_paths(folder.file("draft.cbor")).size(), 1U);
}

}  // namespace
}  // namespace tasdiq::cli
