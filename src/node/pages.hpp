#pragma once

#include <functional>
#include <span>

#include "engine/engine.hpp"
#include "net/http.hpp"
#include "node/html.hpp"
#include "text/language.hpp"
#include "wire/record.hpp"

namespace tasdiq::node {

class Terms;

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

    /// `/certificates?number=`, which the first page's form asks for: the way to that page.
    [[nodiscard]] net::HttpResponse find_certificate(const net::HttpRequest& request) const;
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
    [[nodiscard]] bool add_accreditations(Html& html, wire::MemberId member, std::uint32_t count,
                                          text::Language language) const;
    [[nodiscard]] bool add_keys(Html& html, wire::MemberId id, const wire::MemberRecord& member,
                                std::uint16_t count, text::Language language) const;
    /// What became of a member, and who acts for it.
    void add_changes(Terms& terms, const wire::MemberRecord& member, text::Language language) const;
    /// What a slot says now, as a mark.
    void add_status(Terms& terms, std::string_view label_key,
                    const std::optional<wire::StatusSlot>& slot, text::Language language) const;
    /// Every decision with its day and who made it. False when the disk failed.
    [[nodiscard]] bool add_decisions(Terms& terms, const wire::StatusRecord& status,
                                     text::Language language) const;
    [[nodiscard]] std::string name_of(wire::MemberId member, text::Language language) const;
    /// Whether what they signed at `index` counts as absent.
    [[nodiscard]] bool is_void(std::span<const wire::Signer> signers, wire::LogIndex index) const;

    const store::LedgerStore& store_;
    const engine::Engine& engine_;
    NodeInfo info_;
    std::function<Instant()> now_;  // a name may begin on a day to come
};

}  // namespace tasdiq::node
