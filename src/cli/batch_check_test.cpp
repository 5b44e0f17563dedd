#include "cli/batch_check.hpp"

#include <gtest/gtest.h>

#include "certificate/commitment.hpp"
#include "certificate/make.hpp"
#include "cli/ledger_folder_test.hpp"

namespace tasdiq::cli {
namespace {

/// A prepared batch of two certificates in one issue.
struct BatchCheck : testing::Test {
    BatchCheck() {
        std::vector<std::pair<wire::Item, SecretItem>> made;
        for (const char* serial : {"A-1", "A-2"}) made.push_back(make(serial));
        std::ranges::sort(made, {}, [](const auto& one) { return one.first.commitment; });
        std::vector<wire::Item> items;
        for (auto& [item, secret] : made) {
            items.push_back(item);
            secrets.push_back(std::move(secret));
        }
        list = wire::encode_list(items);
    }

    std::pair<wire::Item, SecretItem> make(const std::string& serial) {
        certificate::Record record;
        record.holder.names = {{"Amira Trabelsi " + serial, certificate::Script::kLatn}};
        record.award.title = {"ا", "Bachelor", "Licence"};
        record.award.level = 6;
        record.award.field = 613;
        record.award.awarded_on = *parse_day("2026-06-20");
        terms = certificate::make_terms(record, {{{7}, 1}});
        const certificate::Issuer issuer{{7}, "ا", "U", "U", "ledger.example"};
        const auto credential = certificate::make_credential(
            record, issuer, certificate::make_uuid(std::array<std::uint8_t, 16>{}));
        EXPECT_TRUE(credential);
        const wire::CertificateSecret secret{ledger::world::digest_of(serial).array()};
        folder.write(path_of(serial), as_bytes(credential->text()));
        return {{certificate::commit(*credential, terms, secret), {}, {}}, {serial, secret}};
    }
    static std::string path_of(const std::string& serial) {
        return "certificates/" + serial + "/credential.json";
    }
    [[nodiscard]] std::string fault() const {
        const auto checked = check_certificates(folder.path(), terms, list, secrets);
        return checked ? "" : checked.error().substr(folder.path().size());
    }

    const test::Folder folder;
    wire::Terms terms;
    Bytes list;
    IssueSecrets secrets;
};

TEST_F(BatchCheck, FindsAWholeBatchWhole) { EXPECT_EQ(fault(), ""); }

TEST_F(BatchCheck, NamesTheCredentialInWhichALetterChanged) {
    const Bytes good = folder.read(path_of("A-2"));
    for (const std::size_t at : {good.size() / 2, good.size() - 2}) {
        Bytes bad = good;
        bad[at] ^= 1U;
        folder.write(path_of("A-2"), bad);
        EXPECT_EQ(fault().find("/certificates/A-2/credential.json: is not what was prepared"), 0U);
    }
    folder.write(path_of("A-2"), {});
    EXPECT_NE(fault(), "");
    folder.write(path_of("A-2"), good);
    EXPECT_EQ(fault(), "");
    std::filesystem::remove(folder.file(path_of("A-1")));
    EXPECT_EQ(fault(), "/certificates/A-1/credential.json: No such file or directory");
}

TEST_F(BatchCheck, NamesTheCertificateWhoseSecretChanged) {
    secrets[0].secret = wire::CertificateSecret{ledger::world::digest_of("other").array()};
    EXPECT_EQ(fault().find("/" + path_of(secrets[0].serial)), 0U);
}

TEST_F(BatchCheck, RefusesAListOfOtherCertificates) {
    terms.level = 7;
    EXPECT_NE(fault(), "");
    terms.level = 6;
    secrets.pop_back();
    EXPECT_EQ(fault(), "/secrets.cbor: is malformed");
    list.pop_back();
    EXPECT_EQ(fault(), "/secrets.cbor: is malformed");
}

TEST_F(BatchCheck, TakesNoSerialThatLeadsElsewhere) {
    for (const char* serial : {"", ".", "..", "../A-1", "/etc"}) {
        secrets[0].serial = serial;
        EXPECT_EQ(fault(), "/secrets.cbor: a serial is malformed") << serial;
    }
}

}  // namespace
}  // namespace tasdiq::cli
