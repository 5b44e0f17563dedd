// What a node takes as a status list it serves as it came, and nothing else: each line of the input
// is sent to the list's address unsigned, signed, and changed after that. What is taken has all its
// entries, is not older than what was there, and tells whoever reads the list; what is refused
// leaves everything as it was.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "codec/jcs.hpp"
#include "credential/did.hpp"
#include "credential/json_checks.hpp"
#include "credential/published_list.hpp"
#include "ledger/world_log_test.hpp"
#include "linked/bundled_contexts.hpp"
#include "node/api.hpp"

namespace {

using namespace tasdiq;
using codec::Json;
using credential::StatusBits;
using ledger::world::kManar;
using net::HttpResponse;

constexpr std::string_view kHost = "ledger.example";
constexpr std::string_view kName = "0123456789abcdef";  // of the list, in the input
constexpr std::size_t kIndex = 7;
constexpr std::size_t kLinesMax = 4;

/// Lists need none.
class NoEngine final : public engine::Engine {
  public:
    void submit(Bytes /*submission*/, engine::OnAnswer /*on_answer*/) override { ENSURE(false); }
    [[nodiscard]] std::shared_ptr<const engine::Published> published() const override {
        return nullptr;
    }
};

/// A folder that goes with the program.
class Folder {
  public:
    Folder() {
        path_ = std::filesystem::temp_directory_path() / "tasdiq-fuzz-XXXXXX";
        ENSURE(::mkdtemp(path_.data()) != nullptr);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

/// A node's answers over a ledger on disk in which El Manar has an assertion key.
class SmallNode {
  public:
    SmallNode() {
        ENSURE(store::LedgerStore::create(folder_.path(), world_.genesis));
        auto opened = store::LedgerStore::open(folder_.path(), store::Database::Mode::kReadWrite,
                                               {.status_lists_max = UINT64_MAX});
        ENSURE(opened);
        store_ = *std::move(opened);
        const auto key = world_.next_key(kManar, wire::Role::kAssertion);
        ENSURE(world_.send(wire::AddKey{kManar, key},
                           {ledger::world::kDean, ledger::world::kMinistry1}));
        record_world();
        api_ = std::make_unique<node::Api>(*store_, engine_, metrics_, node::NodeInfo{"fuzz"},
                                           [this] { return world_.now; });
    }

    [[nodiscard]] Instant now() const { return world_.now; }
    [[nodiscard]] store::Head head() const { return store_->head(); }

    HttpResponse get(const std::string& path) {
        net::HttpRequest request;
        request.target = target(path);
        return ask(request);
    }
    HttpResponse post(const std::string& path, std::string_view type, std::string body) {
        net::HttpRequest request;
        request.method = net::Method::kPost;
        request.target = target(path);
        request.content_type = type;
        request.body = std::move(body);
        return ask(request);
    }

    /// As El Manar signs it; nothing of what cannot be signed.
    std::optional<Json> sign(const Json& document) {
        const credential::ProofOptions options{
            .verification_method = credential::make_key_url(did(), kAssertion.ordinal.value),
            .created = world_.now};
        const auto unfinished = credential::signing_input(document, options, contexts_.cache());
        if (!unfinished) return std::nullopt;
        const Bytes signature = world_.keys.at(kAssertion).sign(unfinished->signing_input);
        return credential::attach(document, *unfinished, signature);
    }
    static std::string did() { return credential::make_institution_did(kHost, kManar.value); }

  private:
    static constexpr wire::Signer kAssertion{kManar, {3}};

    /// The blocks that the world has in memory.
    void record_world() {
        const auto lock = store_->lock();
        for (const ledger::world::PastBlock& past : ledger::world::past_blocks(world_)) {
            ledger::BlockBuilder block{store_->view(), {past.height, past.time, world_.chain}};
            for (const Bytes& one : past.submissions) ENSURE(block.add(one));
            ENSURE(store_->append(lock, block));
        }
        ENSURE(store_->commit(lock));
        ENSURE(store_->head().map == world_.view.map_root());
    }
    static net::Target target(const std::string& path) {
        auto parsed = net::parse_target(path);
        ENSURE(parsed);
        return *std::move(parsed);
    }
    HttpResponse ask(const net::HttpRequest& request) {
        HttpResponse answer;
        api_->handle(request, net::Responder{[&](HttpResponse one) { answer = std::move(one); }});
        return answer;
    }

    Folder folder_;
    ledger::world::Manar world_;
    std::unique_ptr<store::LedgerStore> store_;
    NoEngine engine_;
    net::Registry metrics_;
    linked::BundledContexts contexts_;
    std::unique_ptr<node::Api> api_;
};

/// What the node has to have under an address.
struct Kept {
    Instant instant;
    std::string body;
};

/// The lists of one input: of a name of their own, so that it does not matter what came before.
class Lists {
  public:
    explicit Lists(SmallNode& node) : node_{node}, head_{node.head()} {
        static std::uint64_t count = 0;
        Bytes name;
        append_u64(name, ++count);
        name_ = to_hex(name);
    }

    void send(std::string_view line) {
        const std::string text = named(line);
        const auto document = codec::parse_json(text);
        const auto secured =
            document && document->is_object() ? node_.sign(*document) : std::nullopt;
        for (const std::string_view purpose : {credential::kRevocation, credential::kSuspension}) {
            const std::string path = path_of(purpose);
            refuse(path, text);
            if (!secured) continue;
            const std::string* const id = secured->find_string("id");
            if (id != nullptr && *id == url_of(path)) {
                publish(path, *secured);
            } else {
                refuse(path, codec::to_jcs(*secured));
            }
            Json changed = *secured;
            changed.set("description", "of another");
            if (changed != *secured) refuse(path, codec::to_jcs(changed));
        }
    }

  private:
    [[nodiscard]] std::string path_of(std::string_view purpose) const {
        return "/i/" + std::to_string(kManar.value) + "/status/" + name_ + "/" +
               std::string{purpose};
    }
    static std::string url_of(const std::string& path) {
        return "https://" + std::string{kHost} + path;
    }
    [[nodiscard]] std::string named(std::string_view line) const {
        std::string text{line};
        for (std::size_t at = text.find(kName); at != text.npos; at = text.find(kName, at + 1)) {
            text.replace(at, kName.size(), name_);
        }
        return text;
    }

    HttpResponse post(const std::string& path, const std::string& body) {
        return node_.post(path, "application/vc", body);
    }
    void check_served() {
        for (const std::string_view purpose : {credential::kRevocation, credential::kSuspension}) {
            const std::string path = path_of(purpose);
            const HttpResponse served = node_.get(path);
            const auto kept = kept_.find(path);
            ENSURE(served.status == (kept == kept_.end() ? 404U : 200U));
            if (kept == kept_.end()) continue;
            ENSURE(served.body == kept->second.body && served.content_type == "application/vc");
        }
        ENSURE(node_.head() == head_);
    }
    void refuse(const std::string& path, const std::string& body) {
        ENSURE(post(path, body).status == 422);
        check_served();
    }

    void publish(const std::string& path, const Json& list) {
        const std::string body = codec::to_jcs(list);
        const unsigned status = post(path, body).status;
        const auto kept = kept_.find(path);
        if (status == 200) {
            const Instant instant = check_taken(path, list);
            ENSURE(kept == kept_.end() || kept->second.instant < instant ||
                   kept->second.body == body);
            kept_.insert_or_assign(path, Kept{instant, body});
            ENSURE(post(path, body).status == 200);  // again, and nothing changes
        } else {
            ENSURE(status == 409 || status == 422);
            ENSURE(status == 422 ||
                   (kept != kept_.end() &&
                    **credential::date_time(list, "validFrom") <= kept->second.instant));
        }
        check_served();
        if (status == 200) check_readers(path, list);
    }
    /// What every list that is published is; its instant.
    [[nodiscard]] Instant check_taken(const std::string& path, const Json& list) const {
        ENSURE(credential::id_of(list.find("issuer")) == SmallNode::did());
        const Json& subject = *list.find("credentialSubject");
        ENSURE(path.ends_with("/" + *subject.find_string("statusPurpose")));
        const auto bits = StatusBits::decode(*subject.find_string("encodedList"));
        ENSURE(bits && bits->count() == credential::kStatusEntriesMin);
        const auto again = StatusBits::decode(bits->encode());
        ENSURE(again && again->count() == bits->count());
        for (std::size_t i = 0; i < bits->count(); ++i) ENSURE(again->get(i) == bits->get(i));
        const Instant instant = **credential::date_time(list, "validFrom");
        ENSURE(instant.seconds <= node_.now().seconds + credential::kListClockSkew_s);
        return instant;
    }
    /// Others verify the list by itself, and read in it what its bits say of a certificate.
    void check_readers(const std::string& path, const Json& list) {
        if (**credential::date_time(list, "validFrom") > node_.now()) return;
        ENSURE(verified(list).status == 200);
        const Json& subject = *list.find("credentialSubject");
        const std::string& purpose = *subject.find_string("statusPurpose");
        const Json certificate =
            Json::object()
                .set("@context", Json::array().push(credential::kCredentialsContext))
                .set("type", Json::array().push(credential::kVerifiableCredential))
                .set("issuer", SmallNode::did())
                .set("credentialSubject", Json::object().set("id", "urn:uuid:a"))
                .set("credentialStatus",
                     credential::make_status_entry(purpose, kIndex, *list.find_string("id")));
        const auto secured = node_.sign(certificate);
        ENSURE(secured);
        const bool is_set = StatusBits::decode(*subject.find_string("encodedList"))->get(kIndex);
        const HttpResponse answer = verified(*secured);
        ENSURE(answer.status == (is_set ? 422U : 200U));
        const bool says_why = answer.body.contains("the credential is revoked") ||
                              answer.body.contains("the credential is suspended");
        ENSURE(says_why == is_set);
        ENSURE(path.ends_with("revocation") || !answer.body.contains("revoked"));
    }
    HttpResponse verified(const Json& credential) {
        return node_.post("/credentials/verify", "application/json",
                          codec::to_jcs(Json::object().set("verifiableCredential", credential)));
    }

    SmallNode& node_;
    store::Head head_;
    std::string name_;
    std::map<std::string, Kept> kept_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static SmallNode node;
    Lists lists{node};
    std::string_view rest = as_text(ByteView{data, size});
    for (std::size_t line = 0; line < kLinesMax && !rest.empty(); ++line) {
        const std::size_t end = rest.find('\n');
        lists.send(rest.substr(0, end));
        rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    }
    return 0;
}
