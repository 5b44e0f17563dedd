#include "linked/document_shapes.hpp"

// A browser checks few documents: what remembering their shapes saves is less than what the code
// for it costs to load.
namespace tasdiq::linked {

struct DocumentShapes::Known {};

DocumentShapes::DocumentShapes() = default;
DocumentShapes::~DocumentShapes() = default;

bool DocumentShapes::find(std::string_view /*text*/, std::string_view /*context*/,
                          Dataset& /*dataset*/) {
    return false;
}

void DocumentShapes::learn(std::string_view /*text*/, std::string_view /*context*/,
                           const Dataset& /*quads*/, const Read& /*read*/) {}

}  // namespace tasdiq::linked
