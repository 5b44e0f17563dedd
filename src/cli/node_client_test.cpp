#include "cli/node_client.hpp"

#include <gtest/gtest.h>

#include "cli/answers_test.hpp"
#include "cli/exit_code.hpp"
#include "ledger/world_test.hpp"

// What becomes of a submission whose answer is lost.
namespace tasdiq::cli {
namespace {

using test::Answers;

constexpr const char* kRecorded = R"({"index":7,"certificateCount":0,"repeated":true})";

struct Submitting : testing::Test {
    Submitting() {
        const auto payload = world.payload(wire::RetireKey{ledger::world::kManar, {0}},
                                           {ledger::world::kDean, ledger::world::kRegistrar});
        id = to_hex(wire::transaction_id(wire::encode(payload)).view());
        submission = world.sign(payload);
    }

    [[nodiscard]] Result<RecordedAt, NodeFault> submit(Answers& node) const {
        auto client = NodeClient::open(node.url());
        EXPECT_TRUE(client);
        return client->submit(submission);
    }
    /// What is said once the node has answered in this way.
    [[nodiscard]] NodeFault fault(std::vector<test::Answer> answers) const {
        const std::size_t count = answers.size();
        Answers node{std::move(answers)};
        const auto recorded = submit(node);
        EXPECT_FALSE(recorded);
        EXPECT_EQ(node.asked().size(), count);
        return recorded ? NodeFault{} : recorded.error();
    }

    ledger::world::Manar world;
    std::string id;
    Bytes submission;
};

TEST_F(Submitting, AsksOnceMoreWithTheSameBytesWhenTheAnswerIsLost) {
    for (const test::Answer& lost : {test::Answer{0, ""}, {201, "{"}, {502, ""}, {504, ""}}) {
        Answers node{{lost, {200, kRecorded}}};
        const auto recorded = submit(node);
        ASSERT_TRUE(recorded) << lost.status;
        EXPECT_EQ(recorded->index, wire::LogIndex{7});
        EXPECT_FALSE(recorded->is_repeated);
        ASSERT_EQ(node.asked().size(), 2U);
        const auto body = [](const std::string& request) {
            return request.substr(request.find("\r\n\r\n") + 4);
        };
        EXPECT_EQ(body(node.asked()[0]), as_text(submission));
        EXPECT_EQ(body(node.asked()[1]), as_text(submission));
    }
}

TEST_F(Submitting, SaysHowToLookWhenNoAnswerComesAtAll) {
    const NodeFault lost = fault({{0, ""}, {0, ""}});
    EXPECT_EQ(lost.exit_code, kExitUnavailable);
    EXPECT_NE(lost.message.find("tasdiq show transaction " + id), std::string::npos)
        << lost.message;
}

TEST_F(Submitting, SaysNoSuchThingOfWhatIsNotRecorded) {
    for (const NodeFault& refused :
         {fault({{422, "{}"}}), fault({{503, "{}"}}), fault({{0, ""}, {422, "{}"}})}) {
        EXPECT_EQ(refused.message.find("show transaction"), std::string::npos) << refused.message;
    }
    std::string closed;
    {
        const Answers node{{}};
        closed = node.url();
    }
    auto client = NodeClient::open(closed);
    ASSERT_TRUE(client);
    const auto nobody = client->submit(submission);
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().message.find("show transaction"), std::string::npos)
        << nobody.error().message;
}

}  // namespace
}  // namespace tasdiq::cli
