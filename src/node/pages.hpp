#pragma once

#include <functional>

#include "engine/engine.hpp"
#include "net/http.hpp"
#include "node/html.hpp"
#include "text/language.hpp"
#include "wire/record.hpp"

namespace tasdiq::node {

/// What a node says about itself.
struct NodeInfo {
    std::string version;
    std::size_t node_keys_held = 0;  // of how many states: more than one is a test
    /// Called when an answer could not be given because the disk failed.
    std::function<void()> on_store_failure = {};
};

/// The node's pages for people, in the language of `?lang=` or the browser's. They say the same
/// without script, but for "verify a file". Thread-safe. Texts: `page.*` of the catalogue.
class Pages {
  public:
    Pages(const store::LedgerStore& store, const engine::Engine& engine, NodeInfo info,
          std::function<Instant()> now)
        : store_{store}, engine_{engine}, info_{std::move(info)}, now_{std::move(now)} {}

    /// `/`, with `?q=` in the list of members.
    [[nodiscard]] net::HttpResponse first_page(const net::HttpRequest& request) const;
    [[nodiscard]] net::HttpResponse member_page(const net::HttpRequest& request,
                                                wire::MemberId member) const;
    [[nodiscard]] net::HttpResponse certificate_page(const net::HttpRequest& request,
                                                     wire::LogIndex index) const;
    [[nodiscard]] net::HttpResponse not_found(const net::HttpRequest& request,
                                              std::string_view text_key = "page.not-found") const;

  private:
    /// Around a page's own content: head, banner, languages, foot.
    [[nodiscard]] net::HttpResponse make_page(const net::HttpRequest& request,
                                              text::Language language, std::string_view title,
                                              std::string_view main, std::string_view route,
                                              unsigned status = 200) const;
    [[nodiscard]] std::string banner(text::Language language) const;
    void add_verify(Html& html, text::Language language) const;
    void add_ledger(Html& html, text::Language language) const;
    /// False when the disk failed.
    [[nodiscard]] bool add_members(Html& html, text::Language language,
                                   std::string_view query) const;
    [[nodiscard]] std::string name_of(wire::MemberId member, text::Language language) const;

    const store::LedgerStore& store_;
    const engine::Engine& engine_;
    NodeInfo info_;
    std::function<Instant()> now_;  // a name may begin on a day to come
};

}  // namespace tasdiq::node
