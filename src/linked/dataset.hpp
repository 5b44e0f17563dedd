#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "linked/arena.hpp"
#include "linked/rdf.hpp"

namespace tasdiq::linked {

/// Quads, their blank nodes and the texts of both. A quad may stand in it twice; as a set it counts
/// once (`canonize` sees to that).
///
///   Dataset dataset;
///   const Term subject = dataset.blank("b0");
///   dataset.add({subject, make_iri(dataset.keep(property)), make_literal(dataset.keep(text)),
///   {}});
///
/// Moving it moves nothing that a term points to. At most 2^32 − 1 blank nodes.
class Dataset {
  public:
    Dataset() = default;
    Dataset(Dataset&&) = default;
    Dataset& operator=(Dataset&&) = default;
    Dataset(const Dataset&) = delete;
    Dataset& operator=(const Dataset&) = delete;
    ~Dataset() = default;

    /// A copy of `text` that lives as long as the dataset.
    [[nodiscard]] std::string_view keep(std::string_view text) { return arena_.copy(text); }

    /// The blank node with this label (without `_:`); a new one the first time. The label is
    /// copied.
    [[nodiscard]] Term blank(std::string_view label);
    /// A new blank node, whose label (copied, too) must not be another's: without looking for one.
    [[nodiscard]] Term add_blank(std::string_view label);

    /// A copy that owns all its texts.
    [[nodiscard]] Dataset copy() const;

    /// The terms' texts must live as long as the dataset, and its blank nodes be of this dataset.
    void add(const Quad& quad) { quads_.push_back(quad); }
    void reserve(std::size_t quad_count) { quads_.reserve(quad_count); }

    [[nodiscard]] std::span<const Quad> quads() const { return quads_; }
    /// Labels by the number of the blank node (`Term::blank`).
    [[nodiscard]] std::span<const std::string_view> blank_labels() const { return labels_; }

  private:
    std::vector<Quad> quads_;
    std::vector<std::string_view> labels_;
    std::map<std::string_view, std::uint32_t> numbers_;  // of labels_, once they are many
    Arena arena_;                                        // the texts that it keeps
};

}  // namespace tasdiq::linked
