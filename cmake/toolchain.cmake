# Compiler, linker and sanitizer settings shared by every target; warnings are set per module.
set(KILN_SANITIZE "" CACHE STRING "Sanitizers to build with, as given to -fsanitize")

set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
add_compile_options(-fno-math-errno -ffp-contract=off)
add_link_options(-Wl,--as-needed)

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()
if(KILN_SANITIZE)
  add_compile_options(-fsanitize=${KILN_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${KILN_SANITIZE})
endif()

# ccache needs this to look through precompiled headers; `./test` and `./run` set CCACHE_SLOPPINESS to match.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
endif()
