package io.gatehouse.kernel.admission.call;

import io.gatehouse.kernel.admission.Capabilities;
import java.lang.classfile.BootstrapMethodEntry;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds in one class what a plugin with these capabilities must not reach. */
final class GuardedReferences {
    /** Constants are made of constants; deeper than compilers ever go is taken for an attempt to hide something. */
    private static final int MAX_DEPTH = 16;

    private final String superclass;
    private final Capabilities capabilities;

    GuardedReferences(ClassModel model, Capabilities capabilities) {
        this.superclass = model.superclass().map(ClassEntry::asInternalName).orElse("");
        this.capabilities = capabilities;
    }

    /** Whether the class mentions any of it; most do not. */
    boolean anyIn(ClassModel model) {
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member && member(member).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** What an instruction reaches, directly or through a handle. */
    Optional<Guarded> in(CodeElement element) {
        return switch (element) {
            case InvokeInstruction invoke -> member(invoke.method());
            case InvokeDynamicInstruction dynamic ->
                bootstrap(dynamic.invokedynamic().bootstrap(), 0);
            case ConstantInstruction.LoadConstantInstruction load -> constant(load.constantEntry(), 0);
            default -> Optional.empty();
        };
    }

    private Optional<Guarded> bootstrap(BootstrapMethodEntry entry, int depth) {
        return Stream.concat(Stream.of((PoolEntry) entry.bootstrapMethod()), entry.arguments().stream())
                .flatMap(constant -> constant(constant, depth + 1).stream())
                .findFirst();
    }

    private Optional<Guarded> constant(PoolEntry entry, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("constants nest more than " + MAX_DEPTH + " deep");
        }
        return switch (entry) {
            case MethodHandleEntry handle -> member(handle.reference());
            case ConstantDynamicEntry dynamic -> bootstrap(dynamic.bootstrap(), depth);
            default -> Optional.empty();
        };
    }

    private Optional<Guarded> member(MemberRefEntry member) {
        String owner = member.owner().asInternalName();
        String name = member.name().stringValue();
        Optional<Guarded> guarded = GuardedCalls.find(owner, name, member.type().stringValue());
        if (guarded.isEmpty() && name.equals("<init>") && owner.equals(superclass)) {
            guarded = GuardedCalls.findSuperclass(owner);
        }
        return guarded.filter(found ->
                found.needs().isEmpty() || !capabilities.declares(found.needs().get()));
    }
}
