#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/ensure.hpp"
#include "base/result.hpp"
#include "merkle/map_node.hpp"
#include "merkle/map_page.hpp"
#include "merkle/map_proof.hpp"
#include "merkle/source.hpp"

namespace tasdiq::merkle {

/// Why the map could not be read or updated.
enum class MapError : std::uint16_t {
    // What is asked
    kNoKeys = 1,
    kTooManyKeys = 2,
    kDuplicateKey = 3,
    // The stored pages
    kPageMissing = 10,
    kPageUnavailable = 11,
    kPageCorrupt = 12,
    kPageMalformed = 13,
    kPageHash = 14,
};

[[nodiscard]] constexpr std::string_view to_string(MapError error) {
    switch (error) {
        case MapError::kNoKeys: return "no key is asked about";
        case MapError::kTooManyKeys: return "more keys are asked about than one proof may hold";
        case MapError::kDuplicateKey: return "a key occurs twice";
        case MapError::kPageMissing: return "a page of the map is not stored";
        case MapError::kPageUnavailable: return "the store of the map's pages failed";
        case MapError::kPageCorrupt: return "the store says that a page of the map is damaged";
        case MapError::kPageMalformed: return "a stored page of the map is malformed";
        case MapError::kPageHash: return "a stored page of the map is not the one its parent names";
    }
    ENSURE(false);
}

/// Where pages are kept.
class PageSource {
  public:
    PageSource() = default;
    PageSource(const PageSource&) = delete;
    PageSource& operator=(const PageSource&) = delete;
    virtual ~PageSource() = default;

    /// The bytes last written for this page.
    virtual Result<Bytes, SourceError> load(const PageId& id) = 0;
};

/// Of a map that lives in memory only: holds nothing.
class NoPages final : public PageSource {
  public:
    Result<Bytes, SourceError> load(const PageId&) override {
        return std::unexpected{SourceError::kMissing};
    }
};

/// The new value of a key, or none: the record goes.
struct MapUpdate {
    KeyHash key;
    std::optional<ValueHash> value;
};

/// A page to be written, or deleted if it has no bytes (deleting what was never written is fine).
struct PageWrite {
    PageId id;
    std::optional<Bytes> bytes;
};

/// The sparse Merkle map, read and updated through pages cached in memory. Its root depends on the
/// records it holds and on nothing else. Every page is checked against the hash in its parent when
/// it is loaded.
///
/// An operation that fails changes nothing but the cache. Not thread-safe: reading loads pages too.
class SparseMap {
  public:
    /// The empty map.
    SparseMap() : SparseMap{empty_map_root()} {}

    /// The map with root `root`; nothing is loaded yet.
    explicit SparseMap(const MapRoot& root) : root_{root} {}

    [[nodiscard]] const MapRoot& root() const { return root_; }

    /// The value hash of `key`, if the map has such a record.
    /// Errors: kPageMissing, kPageUnavailable, kPageCorrupt, kPageMalformed, kPageHash.
    Result<std::optional<ValueHash>, MapError> find(PageSource& source, const KeyHash& key);

    /// Sets and deletes records, in any order but each key once, and returns the new root. Deleting
    /// what is not there is fine. Applying the old values again goes back to the old root.
    ///
    /// Errors, first match wins: kDuplicateKey, then those of find().
    /// Cost: paths shared by several keys are hashed once.
    Result<MapRoot, MapError> update(PageSource& source, std::span<const MapUpdate> updates);

    /// One combined proof for `keys` (1–64, any order, each once): see verify_map_proof().
    /// Errors, first match wins: kNoKeys, kTooManyKeys, kDuplicateKey, then those of find().
    Result<MapProof, MapError> prove(PageSource& source, std::span<const KeyHash> keys);

    /// Proof for one key: see verify_presence() and verify_absence(). Errors: those of find().
    Result<KeyProof, MapError> prove_key(PageSource& source, const KeyHash& key);

    /// What must be written so that `root()` can be opened from the store: pages by depth-first
    /// walk, then deletions by id. The order and the bytes depend on the updates only.
    [[nodiscard]] std::vector<PageWrite> dirty_pages() const;

    /// All of dirty_pages() has been written.
    void mark_clean();

    /// Memory of the cached pages in bytes, about.
    [[nodiscard]] std::size_t cached_bytes() const { return cached_bytes_; }

    /// If more than `bytes_max` is cached, drops the clean pages that were unused for longest until
    /// no more than seven eighths of it are left (dirty pages stay). Cost: a walk over the cache,
    /// when it drops.
    void evict(std::size_t bytes_max);

  private:
    Result<Ok, MapError> load_page(PageSource& source, MapPage& page, const PageId& id,
                                   const MapHash& expected);
    Result<Ok, MapError> load_paths(PageSource& source, std::span<const KeyHash* const> keys);
    Result<Ok, MapError> load_below(PageSource& source, MapPage& page, unsigned depth,
                                    std::span<const KeyHash* const> keys);

    MapRoot root_;
    MapPage page_;  // the page of depth 0; not loaded, if the map is empty or was not used yet
    std::set<PageId> removed_;
    std::size_t cached_bytes_ = 0;
    std::uint64_t clock_ = 0;
};

}  // namespace tasdiq::merkle
