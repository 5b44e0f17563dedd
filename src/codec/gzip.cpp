#include "codec/gzip.hpp"

#include <algorithm>
#include <array>

#include "base/ensure.hpp"

namespace tasdiq::codec {
namespace {

using Error = GzipError;
template <class T>
using Read = Result<T, GzipError>;

constexpr std::size_t kTrailerSize = 8;
constexpr unsigned kEndOfBlock = 256;
constexpr unsigned kRunMax = 258;

// RFC 1951 §3.2.5
constexpr std::array<std::uint16_t, 29> kLengthBase = {3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                                       15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                                       67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<std::uint8_t, 29> kLengthExtra = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                       2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<std::uint16_t, 30> kDistanceBase = {
    1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
    193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
constexpr std::array<std::uint8_t, 30> kDistanceExtra = {0, 0, 0,  0,  1,  1,  2,  2,  3,  3,
                                                         4, 4, 5,  5,  6,  6,  7,  7,  8,  8,
                                                         9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
// §3.2.7
constexpr std::array<std::uint8_t, 19> kCodeOrder = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                     11, 4,  12, 3, 13, 2, 14, 1, 15};

constexpr std::array<std::uint32_t, 256> make_crc_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit) {
            value = (value >> 1) ^ ((value & 1U) != 0 ? 0xedb88320U : 0U);
        }
        table[i] = value;
    }
    return table;
}
constexpr auto kCrcTable = make_crc_table();

std::uint32_t crc32(ByteView bytes) {
    std::uint32_t value = 0xffffffffU;
    for (const std::uint8_t byte : bytes) {
        value = (value >> 8) ^ kCrcTable[(value ^ byte) & 0xffU];
    }
    return ~value;
}

std::uint32_t little_endian(ByteView four) {
    return std::uint32_t{four[0]} | std::uint32_t{four[1]} << 8 | std::uint32_t{four[2]} << 16 |
           std::uint32_t{four[3]} << 24;
}

/// Reads bits, the lowest of a byte first.
class BitReader {
  public:
    explicit BitReader(ByteView bytes) : bytes_{bytes} {}

    Read<unsigned> bits(unsigned count) {
        while (held_count_ < count) {
            if (at_ == bytes_.size()) return std::unexpected{Error::kTruncated};
            held_ |= std::uint32_t{bytes_[at_++]} << held_count_;
            held_count_ += 8;
        }
        const unsigned value = held_ & ((1U << count) - 1U);
        held_ >>= count;
        held_count_ -= count;
        return value;
    }
    /// Whole bytes from the next byte's beginning.
    Read<ByteView> bytes(std::size_t count) {
        held_ = held_count_ = 0;  // less than a byte: `bits` reads no further than it needs
        if (bytes_.size() - at_ < count) return std::unexpected{Error::kTruncated};
        at_ += count;
        return bytes_.subspan(at_ - count, count);
    }
    [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }

  private:
    ByteView bytes_;
    std::size_t at_ = 0;
    std::uint32_t held_ = 0;
    unsigned held_count_ = 0;
};

/// A Huffman code by the lengths of its words. Spec: RFC 1951 §3.2.2.
class Code {
  public:
    /// Errors: kBlock, if there are more words than lengths allow. Fewer are allowed: a distance
    /// code may have none.
    static Read<Code> make(std::span<const std::uint8_t> lengths) {
        Code code;
        for (const std::uint8_t length : lengths) ++code.counts_[length];
        code.counts_[0] = 0;
        int left = 1;
        std::array<std::uint16_t, kLengthMax + 2> offsets{};
        for (std::size_t length = 1; length <= kLengthMax; ++length) {
            left = left * 2 - code.counts_[length];
            if (left < 0) return std::unexpected{Error::kBlock};
            offsets[length + 1] =
                static_cast<std::uint16_t>(offsets[length] + code.counts_[length]);
        }
        for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
            if (lengths[symbol] == 0) continue;
            code.symbols_[offsets[lengths[symbol]]++] = static_cast<std::uint16_t>(symbol);
        }
        return code;
    }

    [[nodiscard]] Read<unsigned> read(BitReader& reader) const {
        unsigned word = 0, first = 0, index = 0;
        for (std::size_t length = 1; length <= kLengthMax; ++length) {
            TRY(const unsigned bit, reader.bits(1));
            word = word << 1 | bit;
            first <<= 1;
            const unsigned count = counts_[length];
            if (word - first < count) return symbols_[index + (word - first)];
            index += count;
            first += count;
        }
        return std::unexpected{Error::kSymbol};
    }

  private:
    static constexpr std::size_t kLengthMax = 15;
    std::array<std::uint16_t, kLengthMax + 1> counts_{};
    std::array<std::uint16_t, 288> symbols_{};
};

struct Codes {
    Code lengths, distances;
};

class Inflater {
  public:
    Inflater(BitReader& reader, std::size_t size_max) : reader_{reader}, size_max_{size_max} {}

    Read<Bytes> run() {
        while (true) {
            TRY(const unsigned is_last, reader_.bits(1));
            TRY(const unsigned type, reader_.bits(2));
            if (type == 0) {
                TRY(copy_stored());
            } else {
                TRY(const Codes codes, read_codes(type));
                TRY(expand(codes));
            }
            if (is_last == 1) return std::move(out_);
        }
    }

  private:
    Result<Ok, Error> copy_stored() {
        TRY(const ByteView head, reader_.bytes(4));
        const unsigned size = head[0] | unsigned{head[1]} << 8;
        const unsigned complement = head[2] | unsigned{head[3]} << 8;
        if ((size ^ complement) != 0xffffU) return std::unexpected{Error::kBlock};
        TRY(const ByteView bytes, reader_.bytes(size));
        if (size_max_ - out_.size() < size) return std::unexpected{Error::kTooLarge};
        out_.insert(out_.end(), bytes.begin(), bytes.end());
        return Ok{};
    }

    Read<Codes> read_codes(unsigned type) {
        if (type == 1) return fixed_codes();
        if (type == 2) return dynamic_codes();
        return std::unexpected{Error::kBlock};
    }

    static Read<Codes> fixed_codes() {  // §3.2.6
        std::array<std::uint8_t, 288> lengths{};
        for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
            lengths[symbol] = symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
        }
        std::array<std::uint8_t, 30> distances{};
        distances.fill(5);
        TRY(const Code length_code, Code::make(lengths));
        TRY(const Code distance_code, Code::make(distances));
        return Codes{length_code, distance_code};
    }

    Read<Codes> dynamic_codes() {  // §3.2.7
        TRY(const unsigned length_more, reader_.bits(5));
        TRY(const unsigned distance_more, reader_.bits(5));
        TRY(const unsigned code_more, reader_.bits(4));
        const std::size_t length_count = length_more + 257, distance_count = distance_more + 1;
        if (length_count > 286 || distance_count > 30) return std::unexpected{Error::kBlock};
        std::array<std::uint8_t, 19> code_lengths{};
        for (std::size_t i = 0; i < code_more + 4; ++i) {
            TRY(const unsigned length, reader_.bits(3));
            code_lengths[kCodeOrder[i]] = static_cast<std::uint8_t>(length);
        }
        TRY(const Code code, Code::make(code_lengths));
        std::array<std::uint8_t, 286 + 30> lengths{};
        const std::span wanted = std::span{lengths}.first(length_count + distance_count);
        TRY(read_lengths(code, wanted));
        if (wanted[kEndOfBlock] == 0) return std::unexpected{Error::kBlock};
        TRY(const Code length_code, Code::make(wanted.first(length_count)));
        TRY(const Code distance_code, Code::make(wanted.subspan(length_count)));
        return Codes{length_code, distance_code};
    }

    Result<Ok, Error> read_lengths(const Code& code, std::span<std::uint8_t> lengths) {
        for (std::size_t at = 0; at < lengths.size();) {
            TRY(const unsigned symbol, code.read(reader_));
            if (symbol < 16) {
                lengths[at++] = static_cast<std::uint8_t>(symbol);
                continue;
            }
            if (symbol == 16 && at == 0) return std::unexpected{Error::kBlock};
            const std::uint8_t repeated = symbol == 16 ? lengths[at - 1] : std::uint8_t{0};
            TRY(const unsigned more, reader_.bits(symbol == 16 ? 2 : symbol == 17 ? 3 : 7));
            const std::size_t count = more + (symbol == 18 ? 11U : 3U);
            if (count > lengths.size() - at) return std::unexpected{Error::kBlock};
            std::ranges::fill(lengths.subspan(at, count), repeated);
            at += count;
        }
        return Ok{};
    }

    Result<Ok, Error> expand(const Codes& codes) {
        while (true) {
            TRY(const unsigned symbol, codes.lengths.read(reader_));
            if (symbol == kEndOfBlock) return Ok{};
            if (symbol < kEndOfBlock) {
                if (out_.size() == size_max_) return std::unexpected{Error::kTooLarge};
                out_.push_back(static_cast<std::uint8_t>(symbol));
            } else {
                TRY(copy(symbol - kEndOfBlock - 1, codes.distances));
            }
        }
    }

    Result<Ok, Error> copy(std::size_t symbol, const Code& distances) {
        if (symbol >= kLengthBase.size()) return std::unexpected{Error::kSymbol};
        TRY(const unsigned length_more, reader_.bits(kLengthExtra[symbol]));
        TRY(const unsigned distance_symbol, distances.read(reader_));
        TRY(const unsigned distance_more, reader_.bits(kDistanceExtra[distance_symbol]));
        const std::size_t size = kLengthBase[symbol] + length_more;
        const std::size_t distance = kDistanceBase[distance_symbol] + distance_more;
        if (distance > out_.size()) return std::unexpected{Error::kSymbol};
        if (size_max_ - out_.size() < size) return std::unexpected{Error::kTooLarge};
        for (std::size_t i = 0; i < size; ++i) out_.push_back(out_[out_.size() - distance]);
        return Ok{};
    }

    BitReader& reader_;
    std::size_t size_max_;
    Bytes out_;
};

Result<Ok, Error> skip_text(BitReader& reader) {
    while (true) {
        TRY(const ByteView byte, reader.bytes(1));
        if (byte[0] == 0) return Ok{};
    }
}

Result<Ok, Error> read_header(BitReader& reader) {  // RFC 1952 §2.3
    TRY(const ByteView head, reader.bytes(10));
    const unsigned flags = head[3];
    if (head[0] != 0x1f || head[1] != 0x8b || head[2] != 8 || (flags & 0xe0U) != 0) {
        return std::unexpected{Error::kHeader};
    }
    if ((flags & 4U) != 0) {  // FEXTRA
        TRY(const ByteView size, reader.bytes(2));
        TRY(reader.bytes(size[0] | std::size_t{size[1]} << 8));
    }
    if ((flags & 8U) != 0) TRY(skip_text(reader));   // FNAME
    if ((flags & 16U) != 0) TRY(skip_text(reader));  // FCOMMENT
    if ((flags & 2U) != 0) TRY(reader.bytes(2));     // FHCRC
    return Ok{};
}

/// Writes bits, the lowest of a byte first.
class BitWriter {
  public:
    explicit BitWriter(Bytes& out) : out_{out} {}
    void bits(unsigned value, unsigned count) {
        for (unsigned i = 0; i < count; ++i) bit(value >> i & 1U);
    }
    /// A word of a Huffman code: its highest bit first.
    void word(unsigned value, unsigned count) {
        for (unsigned i = count; i-- > 0;) bit(value >> i & 1U);
    }
    void finish() {
        while (held_count_ != 0) bit(0);
    }

  private:
    void bit(unsigned value) {
        held_ |= value << held_count_;
        if (++held_count_ < 8) return;
        out_.push_back(static_cast<std::uint8_t>(held_));
        held_ = held_count_ = 0;
    }

    Bytes& out_;
    unsigned held_ = 0;
    unsigned held_count_ = 0;
};

/// A symbol in the fixed code. Spec: RFC 1951 §3.2.6.
void write_symbol(BitWriter& writer, unsigned symbol) {
    if (symbol < 144) return writer.word(0x30 + symbol, 8);
    if (symbol < 256) return writer.word(0x190 + symbol - 144, 9);
    if (symbol < 280) return writer.word(symbol - 256, 7);
    writer.word(0xc0 + symbol - 280, 8);
}

/// "The last byte again, `count` times": 3 to 258.
void write_run(BitWriter& writer, std::size_t count) {
    const auto above = std::ranges::upper_bound(kLengthBase, count) - kLengthBase.begin();
    const auto symbol = static_cast<std::size_t>(above) - 1;
    write_symbol(writer, static_cast<unsigned>(kEndOfBlock + 1 + symbol));
    writer.bits(static_cast<unsigned>(count) - kLengthBase[symbol], kLengthExtra[symbol]);
    writer.word(0, 5);  // distance 1
}

void append_little_endian(Bytes& out, std::uint32_t value) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
        out.push_back(static_cast<std::uint8_t>(value >> shift));
    }
}

}  // namespace

std::string_view to_string(GzipError error) {
    switch (error) {
        case Error::kHeader: return "no gzip file";
        case Error::kTruncated: return "the gzip file ends too early";
        case Error::kBlock: return "a block of the gzip file is malformed";
        case Error::kSymbol: return "the gzip file has bits that mean nothing";
        case Error::kTooLarge: return "the gzip file expands to too much";
        case Error::kChecksum: return "the checksum of the gzip file is another one";
        case Error::kTrailing: return "something follows the gzip file";
    }
    ENSURE(false);
}

Result<Bytes, GzipError> expand_gzip(ByteView bytes, std::size_t size_bytes_max) {
    BitReader reader{bytes};
    TRY(read_header(reader));
    TRY(Bytes out, Inflater(reader, size_bytes_max).run());
    TRY(const ByteView trailer, reader.bytes(kTrailerSize));
    if (little_endian(trailer.first(4)) != crc32(out) ||
        little_endian(trailer.subspan(4)) != static_cast<std::uint32_t>(out.size())) {
        return std::unexpected{Error::kChecksum};
    }
    if (!reader.at_end()) return std::unexpected{Error::kTrailing};
    return out;
}

Bytes compress_gzip(ByteView bytes) {
    Bytes out{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff};
    BitWriter writer{out};
    writer.bits(1, 1);  // the last block
    writer.bits(1, 2);  // with the fixed code
    for (std::size_t at = 0; at < bytes.size();) {
        std::size_t end = at;
        const std::size_t end_max = std::min(bytes.size(), at + kRunMax);
        while (at > 0 && end < end_max && bytes[end] == bytes[at - 1]) ++end;
        if (end - at < kLengthBase.front()) {
            write_symbol(writer, bytes[at++]);
        } else {
            write_run(writer, end - at);
            at = end;
        }
    }
    write_symbol(writer, kEndOfBlock);
    writer.finish();
    append_little_endian(out, crc32(bytes));
    append_little_endian(out, static_cast<std::uint32_t>(bytes.size()));
    return out;
}

}  // namespace tasdiq::codec
