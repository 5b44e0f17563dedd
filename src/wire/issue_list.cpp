#include "merkle/log_tree.hpp"
#include "wire/transaction.hpp"
#include "wire/value_fields.hpp"

namespace tasdiq::wire {
namespace {

Bytes encode_item(const Item& item) {
    fields::Writer writer;
    ENSURE(fields::walk<fields::Writer>(writer, item));
    return writer.take();
}

bool is_list(std::span<const Item> items) {
    for (std::size_t i = 1; i < items.size(); ++i) {
        if (!(items[i - 1].commitment < items[i].commitment)) return false;
    }
    return !items.empty() && items.size() <= kListCountMax;
}

}  // namespace

Bytes encode_list(std::span<const Item> items) {
    ENSURE(is_list(items));
    fields::Writer writer;
    ENSURE(writer.array("list", items.size()));
    for (const Item& item : items) ENSURE(fields::walk<fields::Writer>(writer, item));
    return writer.take();
}

Result<std::vector<Item>, WireFault> decode_list(ByteView bytes) {
    if (bytes.size() > kListSizeMax) {
        return std::unexpected{WireFault{WireError::kTooLarge, "list"}};
    }
    fields::Reader reader{bytes};
    std::vector<Item> items;
    TRY(reader.list("list", items, {1, kListCountMax},
                    [&](Item& item) { return fields::walk<fields::Reader>(reader, item); }));
    TRY(reader.finish("list"));
    TRY(reader.check(is_list(items), WireError::kOrder, "list"));
    return items;
}

ListRoot list_root(std::span<const Item> items) {
    ENSURE(is_list(items));
    merkle::LeafBatch leaves;
    for (const Item& item : items) leaves.add(encode_item(item));
    return ListRoot{merkle::root_of(leaves.hashes()).array()};
}

Bytes encode(const Submission& submission) {
    fields::Writer writer;
    ENSURE(writer.array("submission", 2));
    ENSURE(writer.bytes("envelope", submission.envelope, {1, kEnvelopeSizeMax}));
    ENSURE(writer.optional(submission.list, [&](const Bytes& list) {
        return writer.bytes("list", list, {1, kListSizeMax});
    }));
    return writer.take();
}

Result<Submission, WireFault> decode_submission(ByteView bytes) {
    fields::Reader reader{bytes};
    Submission submission;
    TRY(reader.array("submission", 2));
    TRY(reader.bytes("envelope", submission.envelope, {1, kEnvelopeSizeMax}));
    TRY(reader.optional(submission.list, [&](Bytes& list) {
        return reader.bytes("list", list, {1, kListSizeMax});
    }));
    TRY(reader.finish("submission"));
    return submission;
}

}  // namespace tasdiq::wire
