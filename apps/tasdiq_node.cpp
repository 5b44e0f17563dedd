#include <string_view>
#include <vector>

#include "keys/core_dumps.hpp"
#include "node/node_main.hpp"

int main(int count, char** words) {
    tasdiq::keys::forbid_core_dumps();
    const std::vector<std::string_view> arguments{words + 1, words + count};
    return tasdiq::node::node_main(arguments);
}
