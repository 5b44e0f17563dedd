// web/openapi.json against what the node really answers.
#include <set>

#include "node/assets.hpp"
#include "node/small_node_test.hpp"

namespace tasdiq::node {
namespace {

/// As much of JSON Schema as openapi.json uses. Adds a line to `faults` for each thing that is not
/// as the schema has it.
class SchemaCheck {
  public:
    explicit SchemaCheck(const Json& document) : document_{document} {}

    void check(const Json& schema, const Json& value, const std::string& where) {
        if (const std::string* ref = schema.find_string("$ref")) {
            const std::string name = ref->substr(ref->rfind('/') + 1);
            const Json* target = document_.find("components")->find("schemas")->find(name);
            if (target == nullptr) return fault(where, "no schema " + name);
            return check(*target, value, where);
        }
        if (const Json* choices = schema.find("anyOf")) return check_any(*choices, value, where);
        if (const Json* constant = schema.find("const")) {
            if (*constant != value) fault(where, "another constant");
        }
        if (const Json* words = schema.find("enum")) {
            if (std::ranges::find(words->as_array(), value) == words->as_array().end()) {
                fault(where, "a word that is not listed");
            }
        }
        const std::string* type = schema.find_string("type");
        if (type == nullptr) return;
        if (!is_of(*type, value)) return fault(where, "is no " + *type);
        if (*type == "object") check_members(schema, value, where);
        if (*type == "array") {
            std::size_t i = 0;
            for (const Json& item : value.as_array()) {
                check(*schema.find("items"), item, where + "/" + std::to_string(i++));
            }
        }
    }

    [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }

  private:
    static bool is_of(const std::string& type, const Json& value) {
        if (type == "object") return value.is_object();
        if (type == "array") return value.is_array();
        if (type == "string") return value.get_string() != nullptr;
        if (type == "integer") return value.get_integer().has_value();
        if (type == "boolean") return value.get_boolean().has_value();
        return type == "null" && value.is_null();
    }

    void check_any(const Json& choices, const Json& value, const std::string& where) {
        for (const Json& choice : choices.as_array()) {
            SchemaCheck one{document_};
            one.check(choice, value, where);
            if (one.faults_.empty()) return;
        }
        fault(where, "matches nothing of anyOf");
    }

    void check_members(const Json& schema, const Json& value, const std::string& where) {
        const Json* properties = schema.find("properties");
        if (properties == nullptr) return;
        for (const Json& name : schema.find("required")->as_array()) {
            if (value.find(*name.get_string()) == nullptr) {
                fault(where, "lacks " + *name.get_string());
            }
        }
        for (const auto& [key, member] : value.as_object()) {
            const Json* property = properties->find(key);
            if (property == nullptr) {
                fault(where, "has an undocumented " + key);
            } else {
                check(*property, member, where + "/" + key);
            }
        }
    }

    void fault(const std::string& where, const std::string& what) {
        faults_.push_back(where + " " + what);
    }

    const Json& document_;
    std::vector<std::string> faults_;
};

class OpenApi : public testing::Test {
  protected:
    OpenApi() : document{parse(find_asset("openapi.json")->body)} {
        small.register_members();
        small.record(wire::CommitCohort{kUniversity, wire::CohortKind::kIntake, Day{20'000}, 12,
                                        wire::CohortRoot{}},
                     {kRegistrar, kDean});
        small.seat = {kUniversity, 1, 0};
        first = small.issue(12);
        small.record(wire::Attest{kMinistry, {{first}}}, {kMinistry1, kMinistry2});
        small.record(wire::Status{kUniversity, wire::StatusState::kSuspended, {{first}}},
                     {kRegistrar, kDean});
    }

    const Json* find_operation(const std::string& path, const std::string& method) {
        const Json* item = document.find("paths")->find(path);
        return item != nullptr ? item->find(method) : nullptr;
    }

    void expect_documented(const std::string& path, const std::string& method,
                           const net::ClientResponse& answer) {
        const std::string where = method + " " + path + " " + std::to_string(answer.status);
        const Json* operation = find_operation(path, method);
        ASSERT_NE(operation, nullptr) << where;
        const Json* response = operation->find("responses")->find(std::to_string(answer.status));
        ASSERT_NE(response, nullptr) << where << " " << answer.body;
        std::string type{answer.header("Content-Type")};
        type = type.substr(0, type.find(';'));
        const Json* content = response->find("content")->find(type);
        ASSERT_NE(content, nullptr) << where << " " << type;
        seen.insert(method + " " + path);
        const Json* schema = content->find("schema");
        if (schema == nullptr) return;
        SchemaCheck check{document};
        check.check(*schema, parse(answer.body), where);
        EXPECT_EQ(check.faults(), std::vector<std::string>{});
    }

    std::string transaction_id() {
        const Json again = parse(small.submit(last).body);
        return *again.find_string("transaction");
    }

    SmallNode small;
    Json document;
    std::uint64_t first = 0;
    Bytes last;  // a submission that was recorded
    std::set<std::string> seen;
};

struct Documented {
    std::string path;
    std::string target;
};

TEST_F(OpenApi, DescribesWhatTheNodeAnswers) {
    const std::string index = std::to_string(first);
    const std::string commitment = to_hex(small.held[0].commitment.view());
    last = small.world.sign(small.world.payload(
        wire::Status{kUniversity, wire::StatusState::kLost, {{first + 1}}}, {kRegistrar, kDean}));
    expect_documented("/api/v1/transactions", "post", small.submit(last));
    expect_documented("/api/v1/transactions", "post", small.submit(last));
    expect_documented("/api/v1/transactions", "post", small.submit({0x00}));
    const Bytes refused = small.world.sign(small.world.payload(
        wire::Status{kUniversity, wire::StatusState::kLost, {{first + 1}}}, {kRegistrar}));
    expect_documented("/api/v1/transactions", "post", small.submit(refused));
    const auto typed = small.post("/api/v1/transactions", "text/plain", "");
    expect_documented("/api/v1/transactions", "post", typed);

    const Json question =
        Json::object()
            .set("document", parse(small.held[0].credential))
            .set("evidence",
                 parse(small.open(small.get_json("/api/v1/evidence/" + index), small.held[0])));
    for (const char* body : {"{}", "["}) {
        expect_documented("/api/v1/verify", "post",
                          small.post("/api/v1/verify", "application/json", body));
    }
    expect_documented(
        "/api/v1/verify", "post",
        small.post("/api/v1/verify?lang=fr", "application/json", codec::to_jcs(question)));

    for (const std::string route : {"/credentials/verify", "/presentations/verify"}) {
        expect_documented(route, "post", small.post(route, "application/json", "{}"));
        expect_documented(route, "post", small.post(route, "text/plain", ""));
    }
    const Json diploma =
        Json::object().set("verifiableCredential", parse(small.held[0].credential));
    expect_documented(
        "/credentials/verify", "post",
        small.post("/credentials/verify", "application/json", codec::to_jcs(diploma)));

    const std::string list_route = "/i/{member}/status/{list}/{purpose}";
    const std::string list = "/i/7/status/" + std::string{kStatusList} + "/revocation";
    const std::string older = small.status_list(std::nullopt);
    small.set_now({small.world.now.seconds + 1});
    for (const std::string& body : {small.status_list(7), older, std::string{"{}"}}) {
        expect_documented(list_route, "post", small.post(list, "application/vc", body));
    }
    expect_documented(list_route, "post", small.post(list, "text/plain", ""));
    expect_documented(list_route, "post", small.post(list + "s", "application/vc", ""));
    expect_documented(list_route, "post",
                      small.post("/i/99" + list.substr(4), "application/vc", ""));

    const Documented gets[] = {
        {"/", "/"},
        {"/members/{id}", "/members/7?lang=ar"},
        {"/certificates/{index}", "/certificates/" + index},
        {"/checkpoint", "/checkpoint"},
        {"/tile/{path}", "/tile/0/000.p/5"},
        {"/tile/{path}", "/tile/0/x"},
        {"/healthz", "/healthz"},
        {"/metrics", "/metrics"},
        {"/openapi.json", "/openapi.json"},
        {"/i/{member}/did.json", "/i/7/did.json"},
        {"/i/{member}/did.json", "/i/99/did.json"},
        {list_route, list},
        {list_route, list + "s"},
        {list_route, "/i/8" + list.substr(4)},
        {"/api/v1/statuses", "/api/v1/statuses?from=0&count=100"},
        {"/api/v1/statuses", "/api/v1/statuses"},
        {"/api/v1/ledger", "/api/v1/ledger"},
        {"/api/v1/trust-root", "/api/v1/trust-root"},
        {"/api/v1/members", "/api/v1/members"},
        {"/api/v1/members", "/api/v1/members?limit=2"},
        {"/api/v1/members", "/api/v1/members?limit=x"},
        {"/api/v1/members/{id}", "/api/v1/members/1"},
        {"/api/v1/members/{id}", "/api/v1/members/7"},
        {"/api/v1/members/{id}", "/api/v1/members/99"},
        {"/api/v1/members/{id}/accreditations", "/api/v1/members/7/accreditations"},
        {"/api/v1/members/{id}/cohorts", "/api/v1/members/7/cohorts"},
        {"/api/v1/members/{id}/accreditations/{number}", "/api/v1/members/7/accreditations/1"},
        {"/api/v1/entries", "/api/v1/entries?from=0&count=256"},
        {"/api/v1/entries/{index}", "/api/v1/entries/0"},
        {"/api/v1/certificates/{index}", "/api/v1/certificates/" + index},
        {"/api/v1/certificates/{index}", "/api/v1/certificates/0"},
        {"/api/v1/certificates/by-commitment/{commitment}",
         "/api/v1/certificates/by-commitment/" + commitment},
        {"/api/v1/evidence", "/api/v1/evidence?from=" + index + "&count=12"},
        {"/api/v1/evidence/{index}", "/api/v1/evidence/" + index + "?transaction=1"},
        {"/api/v1/transactions/{id}", "/api/v1/transactions/" + transaction_id()},
    };
    for (const Documented& one : gets) {
        expect_documented(one.path, "get", small.get(one.target));
    }
    // Nothing is described that was not asked.
    for (const auto& [path, item] : document.find("paths")->as_object()) {
        for (const auto& [method, operation] : item.as_object()) {
            EXPECT_TRUE(seen.contains(method + " " + path)) << method << " " << path;
        }
    }
}

TEST_F(OpenApi, CheckNoticesWhatIsNotDescribed) {
    const Json schema = parse(R"({"$ref":"#/components/schemas/Health"})");
    const auto faults = [&](std::string_view value) {
        SchemaCheck check{document};
        check.check(schema, parse(value), "");
        return check.faults().size();
    };
    EXPECT_EQ(faults(R"({"status":"ok","size":1,"height":1})"), 0U);
    EXPECT_EQ(faults(R"({"status":"ok","size":1})"), 1U);
    EXPECT_EQ(faults(R"({"status":"no","size":1,"height":1})"), 1U);
    EXPECT_EQ(faults(R"({"status":"ok","size":"1","height":1})"), 1U);
    EXPECT_EQ(faults(R"({"status":"ok","size":1,"height":1,"more":1})"), 1U);
}

}  // namespace
}  // namespace tasdiq::node
