# headroom_kernels(TARGET SOURCE...): compiles each source once for every level of instructions that the program may meet,
# and links all of them into TARGET.  A source names what it exports KERNEL(name), which becomes name_v2, name_v3 and
# name_v4 (name_plain on other processors); KERNELS_CHOSEN(name) of base/base.h picks one when the program runs.
#
# Only + - * / sqrt and integers may stand in such a source, and no libm: then all levels give the same bits.  The last two
# flags let a < b ? a : b become one instruction; so no NaN or infinity may come in, and zeros have no sign.
set(HEADROOM_KERNEL_OPTIONS -O3 -ffp-contract=off -fno-math-errno -fno-trapping-math -ffinite-math-only -fno-signed-zeros)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
  set(HEADROOM_KERNEL_LEVELS v2 v3 v4)
else()
  set(HEADROOM_KERNEL_LEVELS plain)
endif()
set(HEADROOM_KERNEL_OPTIONS_v2 -march=x86-64-v2)
set(HEADROOM_KERNEL_OPTIONS_v3 -march=x86-64-v3)
set(HEADROOM_KERNEL_OPTIONS_v4 -march=x86-64-v4 -mprefer-vector-width=512)

function(headroom_kernels target)
  foreach(level IN LISTS HEADROOM_KERNEL_LEVELS)
    set(objects ${target}_${level})
    add_library(${objects} OBJECT ${ARGN})
    target_compile_definitions(${objects} PRIVATE KERNEL_LEVEL=${level})
    target_compile_options(${objects} PRIVATE ${HEADROOM_KERNEL_OPTIONS} ${HEADROOM_KERNEL_OPTIONS_${level}})
    target_include_directories(${objects} PRIVATE $<TARGET_PROPERTY:${target},INTERFACE_INCLUDE_DIRECTORIES>)
    target_link_libraries(${objects} PRIVATE headroom_flags headroom_sdk)
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:${objects}>)
  endforeach()
endfunction()
