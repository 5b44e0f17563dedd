#include "codec/cose.hpp"

#include <gtest/gtest.h>

namespace tasdiq::codec {
namespace {

Bytes hex(std::string_view text) { return from_hex(text).value(); }

// By hand from RFC 9052 §4.1, §4.2, §4.4. The payload is "This is the content.", the key id "11".
const std::string kPayload = "54546869732069732074686520636f6e74656e742e";
const std::string kHeader = "47a2012604423131";  // << {1: -7, 4: '11'} >>
const std::string kSignature = "83" + kHeader +
                               "a0"
                               "420102";
const std::string kSign = "8440a0" + kPayload + "81" + kSignature;
const std::string kSign1 = "84" + kHeader + "a0" + kPayload + "420102";

const CoseSign kSignMessage{to_bytes(as_bytes("This is the content.")),
                            {{kCoseEs256, to_bytes(as_bytes("11")), {1, 2}}}};
const CoseSign1 kSign1Message{
    kCoseEs256, to_bytes(as_bytes("11")), to_bytes(as_bytes("This is the content.")), {1, 2}};

TEST(Cose, SignGoesThereAndBack) {
    EXPECT_EQ(to_hex(encode_cose_sign(kSignMessage)), kSign);
    EXPECT_EQ(decode_cose_sign(hex(kSign)).value(), kSignMessage);

    CoseSign most = kSignMessage;
    while (most.signatures.size() < kCoseSignaturesMax) {
        most.signatures.push_back({kCoseEdDsa, Bytes(32, 7), Bytes(64, 9)});
    }
    EXPECT_EQ(decode_cose_sign(encode_cose_sign(most)).value(), most);
}

TEST(Cose, Sign1GoesThereAndBack) {
    EXPECT_EQ(to_hex(encode_cose_sign1(kSign1Message, CoseTag::kUntagged)), kSign1);
    EXPECT_EQ(to_hex(encode_cose_sign1(kSign1Message, CoseTag::kTagged)), "d2" + kSign1);
    EXPECT_EQ(decode_cose_sign1(hex(kSign1), CoseTag::kUntagged).value(), kSign1Message);
    EXPECT_EQ(decode_cose_sign1(hex("d2" + kSign1), CoseTag::kTagged).value(), kSign1Message);
}

TEST(Cose, SigningInputIsTheSigStructure) {
    EXPECT_EQ(
        to_hex(signing_input(kSignMessage.payload, kCoseEs256, as_bytes("11"), as_bytes("aad"))),
        "85"
        "695369676e6174757265"
        "40" +
            kHeader + "43616164" + kPayload);
    EXPECT_EQ(to_hex(sign1_signing_input(kSignMessage.payload, kCoseEs256, as_bytes("11"), {})),
              "84"
              "6a5369676e617475726531" +
                  kHeader + "40" + kPayload);
}

std::string many_signatures() {
    std::string text = "8440a0" + kPayload + "9821";
    for (int i = 0; i < 33; ++i) text += kSignature;
    return text;
}

struct Rejected {
    const char* why;
    std::string hex;
    CoseError error;
};

const Rejected kRejectedSigns[] = {
    {"Empty", "", CoseError::kNotDeterministicCbor},
    {"Tagged", "d862" + kSign, CoseError::kNotDeterministicCbor},
    {"Trailing", kSign + "00", CoseError::kNotDeterministicCbor},
    {"LongLength",
     "8440a0"
     "5801ff"
     "81" +
         kSignature,
     CoseError::kNotDeterministicCbor},
    {"NoArray", "00", CoseError::kShape},
    {"ArrayOfThree", "8340a0" + kPayload, CoseError::kShape},
    {"ProtectedIsMap", "84a0a0" + kPayload + "80", CoseError::kShape},
    {"UnprotectedIsNull", "8440f6" + kPayload + "80", CoseError::kShape},
    {"ProtectedOfBody",
     "8441a0a0"
     "f6"
     "80",
     CoseError::kBodyHeaders},
    {"UnprotectedOfBody",
     "8440a10126"
     "f6"
     "80",
     CoseError::kBodyHeaders},
    {"PayloadDetached",
     "8440a0f6"
     "80",
     CoseError::kShape},
    {"SignaturesNoArray", "8440a0" + kPayload + "40", CoseError::kShape},
    {"NoSignature", "8440a0" + kPayload + "80", CoseError::kSignatureCount},
    {"TooManySignatures", many_signatures(), CoseError::kSignatureCount},
    {"SignatureOfTwo", "8440a0" + kPayload + "8182" + kHeader + "a0", CoseError::kShape},
    {"SignatureProtectedIsMap", "8440a0" + kPayload + "8183a0a040", CoseError::kShape},
    {"SignatureUnprotectedIsNull", "8440a0" + kPayload + "8183" + kHeader + "f640",
     CoseError::kShape},
    {"SignatureIsText", "8440a0" + kPayload + "8183" + kHeader + "a060", CoseError::kShape},
    {"UnprotectedKid", "8440a0" + kPayload + "8183" + kHeader + "a104413140",
     CoseError::kSignatureHeaders},
    {"NoHeader", "8440a0" + kPayload + "818340a040", CoseError::kSignatureHeaders},
    {"HeaderWithoutKid", "8440a0" + kPayload + "818343a10126a040", CoseError::kSignatureHeaders},
    {"HeaderWithMore", "8440a0" + kPayload + "818348a301260300044131a040",
     CoseError::kSignatureHeaders},
    {"HeaderWithOthers", "8440a0" + kPayload + "818346a20126054131a040",
     CoseError::kSignatureHeaders},
    {"HeaderInOtherOrder", "8440a0" + kPayload + "818346a20441310126a040",
     CoseError::kSignatureHeaders},
    {"HeaderNotShortest", "8440a0" + kPayload + "818347a2013806044131a040",
     CoseError::kSignatureHeaders},
    {"HeaderTrailing", "8440a0" + kPayload + "818347a2012604413100a040",
     CoseError::kSignatureHeaders},
    {"AlgorithmIsText", "8440a0" + kPayload + "818347a2016141044131a040",
     CoseError::kSignatureHeaders},
    {"KidIsText", "8440a0" + kPayload + "818346a20126046131a040", CoseError::kSignatureHeaders},
};

class CoseSignRejects : public testing::TestWithParam<Rejected> {};

TEST_P(CoseSignRejects, ForTheFirstReason) {
    const auto result = decode_cose_sign(hex(GetParam().hex));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error(), GetParam().error) << to_string(result.error());
}

INSTANTIATE_TEST_SUITE_P(All, CoseSignRejects, testing::ValuesIn(kRejectedSigns),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(CoseSign1, RefusesForTheFirstReason) {
    const auto error_of = [](const std::string& text, CoseTag tag) {
        return decode_cose_sign1(hex(text), tag).error();
    };
    EXPECT_EQ(error_of("", CoseTag::kTagged), CoseError::kNotTagged);
    EXPECT_EQ(error_of(kSign1, CoseTag::kTagged), CoseError::kNotTagged);
    EXPECT_EQ(error_of("d1" + kSign1, CoseTag::kTagged), CoseError::kNotTagged);
    EXPECT_EQ(error_of("d2d2" + kSign1, CoseTag::kTagged), CoseError::kNotDeterministicCbor);
    EXPECT_EQ(error_of("d2" + kSign1, CoseTag::kUntagged), CoseError::kNotDeterministicCbor);
    EXPECT_EQ(error_of(kSign1 + "00", CoseTag::kUntagged), CoseError::kNotDeterministicCbor);
    EXPECT_EQ(error_of("83" + kHeader + "a0" + kPayload, CoseTag::kUntagged), CoseError::kShape);
    EXPECT_EQ(error_of("84" + kHeader +
                           "a0"
                           "f6"
                           "40",
                       CoseTag::kUntagged),
              CoseError::kShape);
    EXPECT_EQ(error_of("84" + kHeader + "a0" + kPayload + "60", CoseTag::kUntagged),
              CoseError::kShape);
    EXPECT_EQ(error_of("8440a0" + kPayload + "40", CoseTag::kUntagged),
              CoseError::kSignatureHeaders);
    EXPECT_EQ(error_of("84" + kHeader + "a10126" + kPayload + "40", CoseTag::kUntagged),
              CoseError::kSignatureHeaders);
}

}  // namespace
}  // namespace tasdiq::codec
