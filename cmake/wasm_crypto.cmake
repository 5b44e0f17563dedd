# tasdiq_wasm_crypto: what natively comes from libsodium and OpenSSL, built from source for wasm. Whole
# folders of BearSSL are offered; the linker takes what `src/crypto` calls.
execute_process(COMMAND ${CMAKE_SOURCE_DIR}/tools/wasm_sources COMMAND_ERROR_IS_FATAL ANY)

# Six files are enough to verify Ed25519 and to hash. Debian's security patch to ed25519_ref10.c
# (CVE-2025-69277) is about crypto_core_ed25519_is_valid_point, which none of them calls.
set(sodium ${CMAKE_SOURCE_DIR}/build/sources/libsodium/src/libsodium)
set(bearssl ${CMAKE_SOURCE_DIR}/build/sources/bearssl)
file(GLOB bearssl_sources
    ${bearssl}/src/ec/*.c ${bearssl}/src/int/*.c ${bearssl}/src/codec/*.c ${bearssl}/src/hash/*.c)
add_library(tasdiq_wasm_crypto STATIC
    ${sodium}/crypto_sign/ed25519/ref10/open.c
    ${sodium}/crypto_sign/ed25519/ref10/sign.c
    ${sodium}/crypto_core/ed25519/ref10/ed25519_ref10.c
    ${sodium}/crypto_hash/sha512/cp/hash_sha512_cp.c
    ${sodium}/crypto_hash/sha256/cp/hash_sha256_cp.c
    ${sodium}/crypto_verify/sodium/verify.c
    ${CMAKE_SOURCE_DIR}/src/wasm/sodium_support.c
    ${bearssl_sources})
target_compile_definitions(tasdiq_wasm_crypto PRIVATE CONFIGURED=1 NATIVE_LITTLE_ENDIAN=1)
target_compile_options(tasdiq_wasm_crypto PRIVATE -w)  # not our code
target_include_directories(tasdiq_wasm_crypto PRIVATE ${sodium}/include/sodium ${bearssl}/src)
target_include_directories(tasdiq_wasm_crypto SYSTEM INTERFACE ${sodium}/include ${bearssl}/inc)
target_include_directories(tasdiq_wasm_crypto SYSTEM PRIVATE ${sodium}/include ${bearssl}/inc)

# Makes an executable of ours a reactor: a module without main, whose exports the caller names by
# [[clang::export_name]]. Its stack is larger than the usual 64 kB: naming blank nodes takes up to 240 kB.
#
# What calls share is worth a call here: a function is copied into its callers only where that is smaller. wasm-opt, which
# clang has run once, is told what the linker is: nothing lies below address 1024, so that offsets go into instructions.
function(tasdiq_wasm_module name)
    set_target_properties(${name} PROPERTIES SUFFIX .wasm)
    target_link_options(${name} PRIVATE -mexec-model=reactor -Wl,-mllvm,-inline-threshold=-40
        -Wl,--gc-sections -Wl,--strip-all -Wl,--global-base=1024 -Wl,-z,stack-size=1048576)
    add_custom_command(TARGET ${name} POST_BUILD VERBATIM
        COMMAND ${WASM_OPT_PROGRAM} -Oz --converge --low-memory-unused $<TARGET_FILE:${name}> -o $<TARGET_FILE:${name}>)
endfunction()
