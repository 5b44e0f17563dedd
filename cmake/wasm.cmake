# Toolchain of the wasm preset: Debian's clang-19 with wasi-libc and libc++, no exceptions, no RTTI.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(TASDIQ_WASM ON)

# Archives of bitcode need the tools of the same LLVM.
find_program(CMAKE_AR llvm-ar-19 REQUIRED)
find_program(CMAKE_RANLIB llvm-ranlib-19 REQUIRED)
find_program(WASM_OPT_PROGRAM wasm-opt REQUIRED)
set(CMAKE_C_COMPILER_TARGET wasm32-wasi)
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

# Small before fast: the module travels to every browser (tests/wasm holds it to a limit).
set(CMAKE_C_FLAGS_INIT "-flto -ffunction-sections -fdata-sections")
set(CMAKE_CXX_FLAGS_INIT
    "-flto -stdlib=libc++ -fno-exceptions -fno-rtti -ffunction-sections -fdata-sections")
set(CMAKE_C_FLAGS_MINSIZEREL "-Oz -DNDEBUG" CACHE STRING "")
set(CMAKE_CXX_FLAGS_MINSIZEREL "-Oz -DNDEBUG" CACHE STRING "")
