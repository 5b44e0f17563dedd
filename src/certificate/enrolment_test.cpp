#include "certificate/enrolment.hpp"

#include <gtest/gtest.h>

namespace tasdiq::certificate {
namespace {

Enrolment amira() {
    Enrolment leaf{{"أميرة الطرابلسي", "Amira Trabelsi"}, Day{12'186}, {}};
    leaf.salt.fill(7);
    return leaf;
}

TEST(EnrolmentLeaf, IsThatOfTheWorkedExample) {
    EXPECT_EQ(to_hex(encode(amira())),
              "84727461736469712f656e726f6c6d656e742f3182781dd8a3d985d98ad8b1d8a920d8a7d984d8b7d8b1"
              "d8a7d8a8d984d8b3d98a6e416d6972612054726162656c7369192f9a5007070707070707070707070707"
              "070707");
    EXPECT_EQ(to_hex(enrolment_hash(amira()).view()),
              "d9e8501d7903c4a5cf7a706125e0f6dd28c39387e531f8b5067a35ec0b8198fe");
    EXPECT_EQ(to_hex(cohort_root(std::vector{amira()}).view()),
              to_hex(enrolment_hash(amira()).view()));
}

TEST(EnrolmentLeaf, IsReadAsItWasWritten) {
    Enrolment leaf = amira();
    EXPECT_EQ(decode_enrolment(encode(leaf)).value(), leaf);
    leaf.birth_date.reset();
    leaf.names.pop_back();
    EXPECT_EQ(decode_enrolment(encode(leaf)).value(), leaf);
}

TEST(EnrolmentLeaf, IsRefusedWhereItIsNone) {
    using codec::CborError;
    const auto fault_of = [](const Bytes& bytes) { return decode_enrolment(bytes).error(); };
    Enrolment nameless = amira();
    nameless.names.clear();
    EXPECT_EQ(fault_of(encode(nameless)), CborError::kWrongCount);
    Enrolment never = amira();
    never.birth_date = Day{10'000'000};
    EXPECT_EQ(fault_of(encode(never)), CborError::kIntegerRange);
    Bytes other_domain = encode(amira());
    other_domain[19] = '2';
    EXPECT_EQ(fault_of(other_domain), CborError::kWrongType);
    Bytes longer = encode(amira());
    longer.push_back(0);
    EXPECT_EQ(fault_of(longer), CborError::kTrailingBytes);
    longer.resize(longer.size() - 2);
    EXPECT_EQ(fault_of(longer), CborError::kTruncated);
    codec::CborWriter short_salt;
    short_salt.array(4).text("tasdiq/enrolment/1").array(1).text("A").null().bytes(Bytes(15));
    EXPECT_EQ(fault_of(short_salt.take()), CborError::kWrongCount);
}

}  // namespace
}  // namespace tasdiq::certificate
