# How everything is compiled: C17, no contraction, warnings as errors, hidden symbols, optional sanitizers.
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

set(HEADROOM_SANITIZE "" CACHE STRING "Sanitizers, such as address,undefined or thread")
option(HEADROOM_WERROR "Treat warnings as errors" ON)
option(HEADROOM_FUZZ "Build the fuzz targets; needs clang" OFF)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_C_FLAGS_RELEASE "-O3 -DNDEBUG")

add_library(headroom_flags INTERFACE)
target_compile_definitions(headroom_flags INTERFACE _GNU_SOURCE)
target_compile_options(headroom_flags INTERFACE
  -ffp-contract=off -fno-math-errno -fstack-protector-strong
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
  -Wformat=2 -Wundef -Wvla -Wwrite-strings -Wcast-qual
  $<$<BOOL:${HEADROOM_WERROR}>:-Werror>)
if(HEADROOM_SANITIZE)
  target_compile_options(headroom_flags INTERFACE -fsanitize=${HEADROOM_SANITIZE} -fno-omit-frame-pointer -g
    -fno-sanitize-recover=all)
  target_link_options(headroom_flags INTERFACE -fsanitize=${HEADROOM_SANITIZE})
  target_compile_definitions(headroom_flags INTERFACE HEADROOM_SANITIZED=1)
endif()
