# The one way to declare a folder of src/: tasdiq_library(name [PURE] [DEPS other…] [LIBS foreign…]).
#
# One folder = one target tasdiq_<name> = one namespace = one test binary <name>_test, made of every
# x_test.cpp in the folder. PURE folders compile without exceptions, and so for wasm too.
# DEPS are folders of ours, LIBS are linked as they are.

include(GNUInstallDirs)

add_library(tasdiq_flags INTERFACE)
target_compile_options(tasdiq_flags INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wconversion;-Wsign-conversion;-Wold-style-cast;-Werror>
    -fno-omit-frame-pointer)
target_include_directories(tasdiq_flags INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include)

if(TASDIQ_SANITIZE)
    string(REPLACE "," "-" TASDIQ_SANITIZE_NAME "${TASDIQ_SANITIZE}")
    add_compile_options(-fsanitize=${TASDIQ_SANITIZE} -fno-sanitize-recover=all -g1)
    add_link_options(-fsanitize=${TASDIQ_SANITIZE})
endif()

if(TASDIQ_TESTS)
    enable_testing()
    include(GoogleTest)
    find_package(GTest REQUIRED)
    # Test files compile at -O0 with a precompiled header: sanitized GoogleTest at -O1 costs six times more.
    file(WRITE ${CMAKE_BINARY_DIR}/test_pch.cpp "#include <gtest/gtest.h>\n")
    add_library(tasdiq_test_pch OBJECT ${CMAKE_BINARY_DIR}/test_pch.cpp)
    target_compile_options(tasdiq_test_pch PRIVATE -O0)
    target_link_libraries(tasdiq_test_pch PRIVATE tasdiq_flags GTest::gtest)
    target_precompile_headers(tasdiq_test_pch PRIVATE
        <gtest/gtest.h> <algorithm> <array> <map> <optional> <span> <string> <string_view> <vector>)
endif()

# Declares a GoogleTest binary whose sources compile at -O0 with the shared precompiled header.
function(tasdiq_test name)
    cmake_parse_arguments(arg "" "" "SOURCES;LIBS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_compile_options(${name} PRIVATE -O0)
    target_precompile_headers(${name} REUSE_FROM tasdiq_test_pch)
    target_link_libraries(${name} PRIVATE ${arg_LIBS} tasdiq_flags GTest::gtest GTest::gtest_main)
    target_compile_definitions(${name} PRIVATE
        TASDIQ_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
        TASDIQ_VECTORS_DIR="${CMAKE_SOURCE_DIR}/../shared/vectors")
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 900)
endfunction()

function(tasdiq_library name)
    cmake_parse_arguments(arg "PURE" "" "DEPS;LIBS" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.c)
    set(tests ${sources})
    list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
    list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

    list(TRANSFORM arg_DEPS PREPEND tasdiq_)
    if(sources)
        add_library(tasdiq_${name} STATIC ${sources})
        target_link_libraries(tasdiq_${name} PUBLIC ${arg_DEPS} ${arg_LIBS} PRIVATE tasdiq_flags)
        if(arg_PURE)
            target_compile_options(tasdiq_${name} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions>)
        endif()
        set_property(GLOBAL APPEND PROPERTY TASDIQ_FOLDERS ${name})
    else()
        add_library(tasdiq_${name} INTERFACE)
        target_link_libraries(tasdiq_${name} INTERFACE ${arg_DEPS} ${arg_LIBS})
    endif()

    if(TASDIQ_TESTS AND tests)
        tasdiq_test(${name}_test SOURCES ${tests} LIBS tasdiq_${name})
    endif()
endfunction()
