#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json.hpp"
#include "linked/context_cache.hpp"
#include "linked/options.hpp"

// For tests alone: the manifests of the W3C's json-ld-api tests.
namespace tasdiq::linked {

inline constexpr std::string_view kManifestBase = "https://w3c.github.io/json-ld-api/tests/";

inline std::filesystem::path manifest_folder() {
    return std::filesystem::path{TASDIQ_VECTORS_DIR} / "json-ld-api";
}

inline std::string read_text(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

inline codec::Json read_json(const std::filesystem::path& path) {
    auto parsed = codec::parse_json(read_text(path), {.depth_max = 256});
    EXPECT_TRUE(parsed.has_value()) << path;
    return parsed ? std::move(*parsed) : codec::Json{};
}

/// Documents below kManifestBase, from the folder of the manifests.
class ManifestLoader final : public ContextLoader {
  public:
    const codec::Json* load(std::string_view url) override {
        if (!url.starts_with(kManifestBase)) return nullptr;
        const std::string name{url.substr(kManifestBase.size())};
        auto& document = documents_[name];
        if (document == nullptr) {
            const auto path = manifest_folder() / name;
            if (!std::filesystem::is_regular_file(path)) return nullptr;
            document = std::make_unique<codec::Json>(read_json(path));
        }
        return document.get();
    }

  private:
    std::map<std::string, std::unique_ptr<codec::Json>> documents_;
};

/// One test of a manifest.
struct ManifestTest {
    std::string id;
    std::string input;  // file names in the folder
    std::string expect;
    std::string error_code;  // of a negative test
    std::string base;
    std::string expand_context;
    bool is_10_only = false;  // for processors of JSON-LD 1.0
    LdOptions options;
};

inline std::string text_of(const codec::Json* object, std::string_view key) {
    const std::string* const text = object == nullptr ? nullptr : object->find_string(key);
    return text == nullptr ? std::string{} : *text;
}

/// The tests in their order; none where the vectors are not there.
inline std::vector<ManifestTest> read_manifest(const std::string& name) {
    std::vector<ManifestTest> tests;
    const auto path = manifest_folder() / name;
    if (!std::filesystem::is_regular_file(path)) return tests;
    const codec::Json manifest = read_json(path);
    for (const codec::Json& entry : manifest.find("sequence")->as_array()) {
        const codec::Json* const option = entry.find("option");
        ManifestTest test{.id = text_of(&entry, "@id"),
                          .input = text_of(&entry, "input"),
                          .expect = text_of(&entry, "expect"),
                          .error_code = text_of(&entry, "expectErrorCode"),
                          .base = text_of(option, "base"),
                          .expand_context = text_of(option, "expandContext"),
                          .is_10_only = text_of(option, "specVersion") == "json-ld-1.0",
                          .options = {}};
        if (test.base.empty()) test.base = std::string{kManifestBase} + test.input;
        if (text_of(option, "processingMode") == "json-ld-1.0") {
            test.options.processing_mode = ProcessingMode::kJsonLd10;
        }
        const std::string direction = text_of(option, "rdfDirection");
        if (direction == "i18n-datatype") test.options.rdf_direction = RdfDirection::kI18nDatatype;
        if (direction == "compound-literal") {
            test.options.rdf_direction = RdfDirection::kCompoundLiteral;
        }
        if (option != nullptr && option->find("produceGeneralizedRdf") != nullptr) {
            test.options.blank_predicates = BlankPredicates::kKept;
        }
        tests.push_back(std::move(test));
    }
    return tests;
}

}  // namespace tasdiq::linked
