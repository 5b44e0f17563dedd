# The one way to declare a folder of src/:
#   tasdiq_library(name [PURE] [DEPS other…] [LIBS foreign…] [TEST_DEPS other…] [TEST_LIBS foreign…])
#
# One folder = one target tasdiq_<name> = one namespace = one test binary <name>_test, made of every
# x_test.cpp in the folder. PURE folders compile without exceptions, and so for wasm too.
# DEPS are folders of ours, LIBS are linked as they are (natively only); TEST_* go to the tests alone.
# x_native.cpp is left out for wasm, x_wasm.cpp everywhere else.

include(GNUInstallDirs)

add_library(tasdiq_flags INTERFACE)
target_compile_options(tasdiq_flags INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wconversion;-Wsign-conversion;-Wold-style-cast;-Werror>
    -fno-omit-frame-pointer)
target_include_directories(tasdiq_flags INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include)

if(TASDIQ_WASM)
    # Which conversions of iterators warn hangs on the standard library; the native build has the last word.
    target_compile_options(tasdiq_flags INTERFACE -Wno-sign-conversion)
endif()

if(TASDIQ_SANITIZE)
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
    add_custom_target(unit_tests)  # every GoogleTest binary
endif()

# Declares a GoogleTest binary whose sources compile at -O0 with the shared precompiled header.
#   tasdiq_test(folder_test SOURCES file… [LIBS library…] [LABELS label…] [TIMEOUT seconds])
# Its tests are called folder.Subject.DoesWhatWhen and labelled folder.
function(tasdiq_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LIBS;LABELS" ${ARGN})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 900)
    endif()
    string(REGEX REPLACE "_test$" "" folder ${name})
    add_executable(${name} ${arg_SOURCES})
    target_compile_options(${name} PRIVATE -O0)
    target_precompile_headers(${name} REUSE_FROM tasdiq_test_pch)
    target_link_libraries(${name} PRIVATE ${arg_LIBS} tasdiq_flags GTest::gtest GTest::gtest_main)
    target_compile_definitions(${name} PRIVATE
        TASDIQ_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
        TASDIQ_VECTORS_DIR="${CMAKE_SOURCE_DIR}/../shared/vectors")
    add_dependencies(unit_tests ${name})
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60 TEST_PREFIX "${folder}."
        PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${folder};${arg_LABELS}")
endfunction()

function(tasdiq_library name)
    cmake_parse_arguments(arg "PURE" "" "DEPS;LIBS;TEST_DEPS;TEST_LIBS" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.c)
    set(tests ${sources})
    list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
    list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
    if(TASDIQ_WASM)
        list(FILTER sources EXCLUDE REGEX "_native\\.cpp$")
        if(arg_LIBS)
            set(arg_LIBS tasdiq_wasm_crypto)
        endif()
    else()
        list(FILTER sources EXCLUDE REGEX "_wasm\\.cpp$")
    endif()

    list(TRANSFORM arg_DEPS PREPEND tasdiq_)
    list(TRANSFORM arg_TEST_DEPS PREPEND tasdiq_)
    if(sources)
        add_library(tasdiq_${name} STATIC ${sources})
        target_link_libraries(tasdiq_${name} PUBLIC ${arg_DEPS} ${arg_LIBS} PRIVATE tasdiq_flags)
        if(arg_PURE)
            target_compile_options(tasdiq_${name} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions>)
        endif()
    else()
        add_library(tasdiq_${name} INTERFACE)
        target_link_libraries(tasdiq_${name} INTERFACE ${arg_DEPS} ${arg_LIBS})
    endif()
    set_property(GLOBAL APPEND PROPERTY TASDIQ_FOLDERS tasdiq_${name})
    if(arg_PURE)
        set_property(GLOBAL APPEND PROPERTY TASDIQ_PURE tasdiq_${name})
    endif()

    set(wanted TRUE)
    if(TASDIQ_TEST_FOLDERS AND NOT name IN_LIST TASDIQ_TEST_FOLDERS)
        set(wanted FALSE)
    endif()
    if(TASDIQ_TESTS AND tests AND wanted)
        tasdiq_test(${name}_test SOURCES ${tests} LIBS tasdiq_${name} ${arg_TEST_DEPS} ${arg_TEST_LIBS})
    endif()
endfunction()
