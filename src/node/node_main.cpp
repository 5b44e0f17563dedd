#include "node/node_main.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <sys/resource.h>
#include <unistd.h>

#include "keys/key_file.hpp"
#include "ledger/genesis.hpp"
#include "node/node.hpp"

namespace tasdiq::node {
namespace {

constexpr std::string_view kVersion = TASDIQ_VERSION;
constexpr std::uint32_t kStopGraceMs = 5'000;
/// Of the files that may be open, as many are the ledger's: tables, logs, checkpoints.
constexpr rlim_t kLedgerFiles = 512;

constexpr std::string_view kUsage =
    "usage: tasdiq-node init --dir DIR --genesis FILE\n"
    "       tasdiq-node run --dir DIR --node-key FILE... --publisher-key FILE\n"
    "                       [--listen ADDRESS:PORT] [--password-file FILE]\n"
    "                       [--log-level debug|info|warning|error]\n"
    "       tasdiq-node check --dir DIR\n"
    "\n"
    "init   makes a ledger in DIR from its first entry (CBOR)\n"
    "run    serves it, 127.0.0.1:8480 unless --listen says otherwise; holds the node keys of\n"
    "       at least a quorum of the states, so it is a test ledger with more than one state\n"
    "check  reads every block of every table, and compares the roots\n";

struct Exit {
    int code;
    std::string message;
};

Exit usage(std::string message) { return {kExitUsage, std::move(message)}; }

class Options {
  public:
    /// Reads `--name value`; a name that is not in `known` is refused, only `--node-key` repeats.
    static Result<Options, Exit> parse(std::span<const std::string_view> words,
                                       std::span<const std::string_view> known) {
        Options options;
        for (std::size_t i = 0; i < words.size(); i += 2) {
            const std::string_view name = words[i];
            if (std::ranges::find(known, name) == known.end()) {
                return std::unexpected{usage("unknown option " + std::string{name})};
            }
            if (i + 1 == words.size()) {
                return std::unexpected{usage(std::string{name} + " needs a value")};
            }
            auto& values = options.values_[name];
            if (!values.empty() && name != "--node-key") {
                return std::unexpected{usage(std::string{name} + " stands twice")};
            }
            values.emplace_back(words[i + 1]);
        }
        return options;
    }

    [[nodiscard]] Result<std::string, Exit> required(std::string_view name) const {
        const auto found = values_.find(name);
        if (found == values_.end()) {
            return std::unexpected{usage(std::string{name} + " is missing")};
        }
        return found->second.front();
    }
    [[nodiscard]] std::string get(std::string_view name, std::string_view otherwise) const {
        const auto found = values_.find(name);
        return found == values_.end() ? std::string{otherwise} : found->second.front();
    }
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const {
        const auto found = values_.find(name);
        return found == values_.end() ? std::vector<std::string>{} : found->second;
    }

  private:
    std::map<std::string_view, std::vector<std::string>> values_;
};

Result<std::string, Exit> read_text(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (!file) return std::unexpected{Exit{kExitIo, path + ": cannot be read"}};
    return text;
}

Exit ledger_exit(const store::IoFault& fault) {
    return {kExitIo, std::string{to_string(fault.error)} + " (" + fault.detail + ")"};
}

// -------------------------------------------------------------------- init, check
Result<Ok, Exit> init(const Options& options) {
    TRY(const std::string folder, options.required("--dir"));
    TRY(const std::string path, options.required("--genesis"));
    TRY(const std::string text, read_text(path));
    const auto genesis = wire::decode_genesis(as_bytes(text));
    if (!genesis) {
        return std::unexpected{Exit{
            kExitConfig, path + ": is no genesis entry: " + std::string{genesis.error().field} +
                             ": " + std::string{wire::to_string(genesis.error().error)}}};
    }
    if (const auto checked = ledger::check_genesis(*genesis); !checked) {
        return std::unexpected{
            Exit{kExitConfig, path + ": member " + std::to_string(checked.error().member.value) +
                                  ": " + std::string{ledger::to_string(checked.error().error)}}};
    }
    const auto store = store::LedgerStore::create(folder, *genesis);
    if (!store) return std::unexpected{ledger_exit(store.error())};
    std::printf("tasdiq-node: made %s\n", (*store)->origin().c_str());
    return Ok{};
}

Result<Ok, Exit> check(const Options& options) {
    TRY(const std::string folder, options.required("--dir"));
    const auto store = store::LedgerStore::open(folder, store::Database::Mode::kReadOnly);
    if (!store) return std::unexpected{ledger_exit(store.error())};
    if (const auto sound = (*store)->verify_checksums(); !sound) {
        return std::unexpected{ledger_exit(sound.error())};
    }
    std::printf("tasdiq-node: %s is sound, %llu entries\n", (*store)->origin().c_str(),
                static_cast<unsigned long long>((*store)->head().log.size));
    return Ok{};
}

// -------------------------------------------------------------------- run
Result<keys::SigningKey, Exit> read_key(const std::string& path, const Options& options) {
    bool is_open = false;
    const std::string file = options.get("--password-file", "");
    const auto password = [&](const keys::KeyFileHeader&) -> std::optional<keys::SecretBytes> {
        if (file.empty()) return std::nullopt;
        auto secret = keys::read_password_file(file);
        is_open = !secret && secret.error().error == keys::KeyFileError::kOpenToOthers;
        if (!secret || secret->view().empty()) return std::nullopt;
        return *std::move(secret);
    };
    auto key = keys::read_key_file(path, password, {.allow_unencrypted = true});
    if (is_open) {
        return std::unexpected{
            Exit{kExitConfig, file + ": others than its owner can read it; chmod 600 " + file}};
    }
    if (!key) {
        const auto code = static_cast<std::uint16_t>(key.error().error);
        const bool is_file = code < static_cast<std::uint16_t>(keys::KeyFileError::kNotJson);
        return std::unexpected{Exit{is_file ? kExitIo : kExitConfig,
                                    path + ": " + std::string{to_string(key.error().error)}}};
    }
    return *std::move(key);
}

Instant machine_time() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::seconds>(now).count()};
}

/// As many connections as leave the ledger its files: without one it can't write, and stops. The
/// limit on open files is raised as far as the system lets us.
std::size_t connections_at_most(std::size_t wanted) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
    const rlim_t needed = wanted + kLedgerFiles;
    if (limit.rlim_cur < needed) {
        limit.rlim_cur = std::min(needed, limit.rlim_max);
        if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) (void)::getrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= needed) return wanted;
    return limit.rlim_cur > 2 * kLedgerFiles ? limit.rlim_cur - kLedgerFiles : limit.rlim_cur / 2;
}

void say_serving(const Node& node, const net::ServerOptions& server) {
    const bool is_v6 = server.address.find(':') != std::string::npos;
    const std::string host = is_v6 ? "[" + server.address + "]" : server.address;
    const bool is_test = node.ledger() == wire::LedgerKind::kTest;
    std::printf("tasdiq-node: serving http://%s:%u (%s ledger %s)\n", host.c_str(),
                unsigned{node.port()}, is_test ? "test" : "production", node.origin().c_str());
    std::fflush(stdout);
}

Result<Ok, Exit> run(const Options& options) {
    NodeOptions node_options;
    TRY(node_options.folder, options.required("--dir"));
    if (!net::parse_listen(options.get("--listen", "127.0.0.1:8480"), node_options.server)) {
        return std::unexpected{usage("--listen takes ADDRESS:PORT")};
    }
    const auto level = net::parse_log_level(options.get("--log-level", "info"));
    if (!level) return std::unexpected{usage("--log-level takes debug, info, warning or error")};
    TRY(const std::string publisher_path, options.required("--publisher-key"));
    TRY(options.required("--node-key"));
    TRY(auto publisher, read_key(publisher_path, options));
    NodeKeys keys{{}, std::move(publisher)};
    for (const std::string& path : options.all("--node-key")) {
        TRY(auto key, read_key(path, options));
        keys.node_keys.push_back(std::move(key));
    }

    // Blocked before any thread starts, so that all inherit it and only `sigwait` sees them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    const net::Logger logger{*level};
    std::mutex mutex;  // guards `failed`
    std::optional<store::IoFault> failed;
    node_options.version = kVersion;
    node_options.now = machine_time;
    node_options.server.threads = 4;
    std::size_t& connections = node_options.server.max_connections;
    connections = connections_at_most(connections);
    node_options.on_failed = [&](const store::IoFault& fault) {
        {
            const std::lock_guard guard{mutex};
            failed = fault;
        }
        ::kill(::getpid(), SIGTERM);
    };
    const net::ServerOptions server = node_options.server;
    auto node = Node::start(std::move(node_options), std::move(keys), logger);
    if (!node) {
        const int code = node.error().error == NodeError::kLedger ? kExitIo : kExitConfig;
        return std::unexpected{
            Exit{code, std::string{to_string(node.error().error)} + ": " + node.error().detail}};
    }
    if ((*node)->node_keys_held() > 1) {
        logger.warning("test ledger: one node holds all node keys",
                       {{"states", (*node)->node_keys_held()}});
    }
    logger.info("serving", {{"port", (*node)->port()}, {"origin", (*node)->origin()}});
    say_serving(**node, server);

    int signal = 0;
    sigwait(&signals, &signal);
    logger.info("stopping");
    (*node)->stop(kStopGraceMs);
    const std::lock_guard guard{mutex};
    if (failed) return std::unexpected{ledger_exit(*failed)};
    return Ok{};
}

Result<Ok, Exit> dispatch(std::span<const std::string_view> words) {
    constexpr std::string_view kInit[] = {"--dir", "--genesis"};
    constexpr std::string_view kRun[] = {"--dir",           "--listen",        "--node-key",
                                         "--publisher-key", "--password-file", "--log-level"};
    constexpr std::string_view kCheck[] = {"--dir"};
    const std::string_view command = words.empty() ? std::string_view{} : words.front();
    if (command == "init") {
        TRY(const auto options, Options::parse(words.subspan(1), kInit));
        return init(options);
    }
    if (command == "run") {
        TRY(const auto options, Options::parse(words.subspan(1), kRun));
        return run(options);
    }
    if (command == "check") {
        TRY(const auto options, Options::parse(words.subspan(1), kCheck));
        return check(options);
    }
    return std::unexpected{usage("init, run or check?")};
}

}  // namespace

int node_main(std::span<const std::string_view> words) {
    if (!words.empty() && (words.front() == "--help" || words.front() == "help")) {
        std::fputs(std::string{kUsage}.c_str(), stdout);
        return kExitOk;
    }
    const auto done = dispatch(words);
    if (done) return kExitOk;
    std::fprintf(stderr, "tasdiq-node: %s\n", done.error().message.c_str());
    if (done.error().code == kExitUsage) std::fputs(std::string{kUsage}.c_str(), stderr);
    return done.error().code;
}

}  // namespace tasdiq::node
