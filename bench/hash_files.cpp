// The bare hashing of a log's files: every entry as a leaf, every inner node, nothing compared.
//
// usage: hash_files FOLDER
// Prints: entries, CPU seconds of hashing without reading.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "merkle/log_tree.hpp"
#include "merkle/tile.hpp"
#include "whole_process.hpp"
#include "wire/checkpoint.hpp"

namespace {

using namespace tasdiq;

Bytes read_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    ENSURE(file.good());
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: hash_files FOLDER\n", stderr);
        return 64;
    }
    const std::string folder = argv[1];
    const auto note = wire::parse_note(as_text(read_file(folder + "/checkpoint")));
    ENSURE(note);
    const auto checkpoint = wire::parse_checkpoint(note->text);
    ENSURE(checkpoint);
    merkle::CompactRange log;
    bench::Stopwatch watch;
    for (std::uint64_t index = 0;; ++index) {
        const auto id = merkle::bundle_of(index, checkpoint->size);
        if (!id) break;
        const Bytes bundle = read_file(folder + "/" + merkle::bundle_path(*id));
        const auto entries = merkle::decode_bundle(bundle, id->width);
        ENSURE(entries);
        watch.start();
        for (const ByteView entry : *entries) log.append(merkle::hash_leaf(entry));
        watch.stop();
    }
    ENSURE(log.root() == checkpoint->root);
    std::printf("%llu %.3f\n", static_cast<unsigned long long>(log.size()), watch.cpu_s());
    return 0;
}
